import type { z } from 'zod'
import fc from 'fast-check'
import * as zod from 'zod'

/** What somebody sends who means harm, or whose program is broken. */
export const oddTexts = [
  '\'; drop table cases; --',
  '" or 1=1 --',
  '1) union select password from accounts --',
  '%\' and pg_sleep(1) --',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  `${'$'}{7*7}{{7*7}}`,
  '../../../../etc/passwd',
  'a\r\nSet-Cookie: planted=1',
  '\uD800',
  'x\uDFFF\uD800y',
  '\0',
  'a\0b',
  '\u202E\uFEFF\u2028',
  '👨‍👩‍👧‍👦'.repeat(20),
  '长'.repeat(5000),
  '9'.repeat(400),
  '-1',
  '1e999',
  'NaN',
  'null',
  '[]',
  '__proto__',
  '%00',
  '',
  ' ',
]
const oddNumbers = [
  0,
  -0,
  -1,
  0.1,
  1e-320,
  2 ** 31,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  1e308,
  -1e308,
]

export const oddText = fc.oneof(fc.constantFrom(...oddTexts), fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ unit: 'grapheme', maxLength: 30 }))
const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.constantFrom(...oddNumbers),
  fc.constantFrom<unknown>(null, true, [], {}, [[]], {
    __proto__: null,
    constructor: { prototype: 1 },
  }),
  fc.constant(Array.from({ length: 3000 }).fill(0)),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Values of a schema, most of them good but for some places where something odd stands. */
export function valuesOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  return ofJsonSchema(zod.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema, {})
}

interface JsonSchema {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema | false
  prefixItems?: JsonSchema[]
  minItems?: number
  maxItems?: number
  minimum?: number
  maximum?: number
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  $ref?: string
  $defs?: Record<string, JsonSchema>
}

function ofJsonSchema(schema: JsonSchema, known: Record<string, JsonSchema>): fc.Arbitrary<unknown> {
  return fc.oneof({
    arbitrary: goodOf(schema, {
      ...known,
      ...schema.$defs,
    }),
    weight: 9,
  }, { arbitrary: oddValue, weight: 1 })
}

function goodOf(schema: JsonSchema, known: Record<string, JsonSchema>): fc.Arbitrary<unknown> {
  const of = (inner: JsonSchema) => ofJsonSchema(inner, known)
  const { $ref, anyOf, oneOf, allOf, properties, required = [], items, prefixItems } = schema
  if ($ref) {
    const found = known[$ref.replace('#/$defs/', '')]
    return found
      ? fc.constant(null).chain(() => of(found))
      : oddValue
  }
  if ('const' in schema)
    return fc.constant(schema.const)
  if (schema.enum)
    return fc.constantFrom(...schema.enum)
  const choices = anyOf ?? oneOf
  if (choices)
    return fc.oneof(...choices.map(of))
  if (allOf)
    return fc.oneof(...allOf.map(of))
  const type = Array.isArray(schema.type)
    ? schema.type[0]
    : schema.type
  switch (type) {
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(properties ?? {}).map(([key, inner]) => [
        key,
        of(inner),
      ])), { requiredKeys: required })
    case 'array':
      return prefixItems
        ? fc.tuple(...prefixItems.map(of))
        : fc.array(items
            ? of(items)
            : oddValue, {
            minLength: schema.minItems ?? 0,
            maxLength: Math.min(schema.maxItems ?? Infinity, (schema.minItems ?? 0) + 3),
          })
    case 'integer':
    case 'number': {
      const { minimum = -1000, maximum = 1000 } = schema
      return type === 'integer'
        ? fc.integer({
            min: Math.max(Math.ceil(minimum), -(2 ** 31)),
            max: Math.min(Math.floor(Math.max(maximum, minimum)), 2 ** 31 - 1),
          })
        : fc.double({
            min: minimum,
            max: Math.max(maximum, minimum),
            noNaN: true,
          })
    }
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'string':
      return textOf(schema)
    default:
      return oddValue
  }
}

function textOf({ format, pattern, minLength = 0, maxLength = 40 }: JsonSchema): fc.Arbitrary<string> {
  if (format === 'date-time')
    return fc.constantFrom('2026-11-24T04:00:00Z', '2026-02-28T23:59:59.999+08:00', '9999-12-31T23:59:59Z', '0001-01-01T00:00:00Z')
  if (format === 'date')
    return fc.constantFrom('2026-11-24', '2024-02-29', '9999-12-31', '0001-01-01')
  if (pattern)
    return fc.oneof(fc.stringMatching(/^[\w.-]{1,30}$/), oddText)
  return fc.string({
    unit: 'grapheme',
    minLength: Math.min(minLength, 100),
    maxLength: Math.max(Math.min(minLength, 100), Math.min(maxLength, 60)),
  })
}
