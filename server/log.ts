import type { DestinationStream, Logger } from 'pino'
import pino from 'pino'

export type Log = Logger

const secretFields = [
  'password',
  'newPassword',
  'currentPassword',
  'token',
  'secret',
  'code_verifier',
  'cookie',
  'authorization',
  'phone',
  'contact',
  'content',
  'idNumber',
]

/**
 * Structured logs on standard error, one JSON object a line; levels as pino's, `silent` included.
 * Standard output is for people: stages of the start and addresses.
 *
 * No line holds a secret or what points at a person: of an error only what is known to be harmless is written, fields of these
 * names are blanked out, and what still looks like a number or a token of somebody is struck from the finished line.
 */
export function createLog(level: string, destination: DestinationStream = pino.destination({ fd: 2, sync: true })): Log {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: harmlessError, error: harmlessError },
    redact: {
      paths: secretFields.flatMap(field => [field, `*.${field}`, `*.*.${field}`]),
      censor: '***',
    },
    hooks: { streamWrite: struck },
  }, destination)
}

/** Of PostgreSQL's errors `detail`, `where` and the query are left out: they quote rows ("Failing row contains …"). */
const harmlessFields = [
  'code',
  'errno',
  'syscall',
  'severity',
  'schema_name',
  'table_name',
  'column_name',
  'constraint_name',
  'status',
  'statusCode',
] as const

interface HarmlessError { type: string, message: string, stack: string, cause?: HarmlessError, errors?: HarmlessError[], [field: string]: unknown }

function harmlessError(error: unknown): HarmlessError | string {
  if (!(error instanceof Error))
    return typeof error
  const message = withoutValues(error.message)
  const { cause, errors } = error as { cause?: unknown, errors?: unknown }
  const fields = error as unknown as Record<string, unknown>
  return {
    type: error.constructor.name,
    message,
    stack: (error.stack ?? '').replace(error.message, () => message),
    ...Object.fromEntries(harmlessFields.flatMap(field => ['string', 'number'].includes(typeof fields[field])
      ? [
          [field, fields[field]],
        ]
      : [])),
    ...cause instanceof Error && {
      cause: harmlessError(cause) as HarmlessError,
    },
    ...Array.isArray(errors) && {
      errors: errors.filter(inner => inner instanceof Error).map(inner => harmlessError(inner) as HarmlessError),
    },
  }
}

/** `invalid input syntax for type integer: "what somebody typed"`, `Unexpected token 'x', "…text…" is not valid JSON` */
function withoutValues(message: string): string {
  return message
    .replace(/: "[\s\S]*"$/, ': "***"')
    .replace(/"[\s\S]*" is not valid JSON/, '"***" is not valid JSON')
}

/** A mobile number, an ID number, a session's token, the password in the address of a database. */
function struck(line: string): string {
  return line
    .replaceAll(/(?<!\d)1[3-9]\d{9}(?!\d)/g, '***')
    .replaceAll(/(?<!\d)\d{17}[\dX](?!\d)/gi, '***')
    .replaceAll(/\b(Bearer\s+)[\w.~+/%=-]+/gi, '$1***')
    .replaceAll(/(session_token=)[^;"\\\s]+/g, '$1***')
    .replaceAll(/(:\/\/[^:@/\s"]+:)[^@/\s"]+@/g, '$1***@')
}
