import { readFile, rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { CannotStart } from '../../cannot-start.ts'

const Anchor = z.object({
  seq: z.number().int().positive(),
  hash: z.string().length(64),
})
/** The newest entry of the audit trail at the last check, kept outside the database: without it a cut-off end would not show. */
export type Anchor = z.infer<typeof Anchor>

/** null: nobody has checked yet. Throws CannotStart when the file is something else. */
export async function readAnchor(file: string): Promise<Anchor | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT')
      return null
    throw new CannotStart(`无法读取 ${file} · Cannot read ${file}: ${error.message}`)
  })
  if (text === null)
    return null
  try {
    return Anchor.parse(JSON.parse(text))
  }
  catch {
    throw new CannotStart(`${file} 不是审计锚点 · ${file} is no anchor of an audit trail.`)
  }
}

/** Replaces the file in one step. Throws CannotStart where it cannot be written. */
export async function writeAnchor(file: string, { seq, hash }: Anchor): Promise<void> {
  const draft = `${file}.new`
  try {
    await writeFile(draft, `${JSON.stringify({ seq, hash })}\n`, { mode: 0o600, flush: true })
    await rename(draft, file)
  }
  catch (error) {
    throw new CannotStart(`无法写入 ${file} · Cannot write ${file}: ${(error as Error).message}`)
  }
}
