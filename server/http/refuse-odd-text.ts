import { ProblemError } from './problem.ts'

/**
 * PostgreSQL stores neither U+0000 nor half of a surrogate pair. Such text is refused by name and never mended in
 * silence: what was sent is what is stored.
 *
 * @param value what a schema has already accepted, so its depth is the schema's
 */
export function refuseOddText(value: unknown): void {
  const errors: { path: string, message: string }[] = []
  walk(value, [], errors)
  if (errors.length > 0)
    throw new ProblemError('invalid', { errors })
}

function walk(value: unknown, path: (string | number)[], errors: { path: string, message: string }[]): void {
  if (typeof value === 'string') {
    if (value.includes('\0')) {
      errors.push({
        path: path.join('.'),
        message: 'holds the character U+0000',
      })
    }
    else if (!value.isWellFormed()) {
      errors.push({
        path: path.join('.'),
        message: 'holds half of a surrogate pair',
      })
    }
  }
  else if (value !== null && typeof value === 'object') {
    for (const [name, inner] of Object.entries(value))
      walk(inner, [...path, name], errors)
  }
}
