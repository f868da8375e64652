import { z } from 'zod'
import { CaseInput, CaseKind, Urgency } from '#contract/case.ts'

const optionalText = (most: number) => z.string().trim().max(most).optional().transform(text => text || undefined)
const coordinate = (most: number) => z.coerce.number().min(-most).max(most).optional()

/** The form of POST requests. Numbers come as text; an empty field is one that was not sent. */
const Post = z.object({
  service_code: CaseKind,
  description: optionalText(4000),
  lat: coordinate(90),
  long: coordinate(180),
  address_string: optionalText(300),
  first_name: optionalText(30),
  last_name: optionalText(30),
  phone: optionalText(40),
  urgency: Urgency.optional(),
}).refine(({ lat, long }) => (lat === undefined) === (long === undefined), {
  message: 'lat and long come together',
  path: ['lat'],
}).refine(({ lat, address_string }) => lat !== undefined || address_string !== undefined, {
  message: 'lat and long, or address_string, is required',
  path: ['lat'],
}).refine(({ description }) => description !== undefined, {
  message: 'is required',
  path: ['description'],
})

/** The fields as a case to register, or what is wrong with them, as the specification numbers it. */
export function readPost(fields: URLSearchParams): { input: CaseInput } | { code: 400 | 404, faults: string[] } {
  if (!fields.get('service_code')) {
    return {
      code: 400,
      faults: ['service_code was not provided'],
    }
  }
  const given = Object.fromEntries([...fields].filter(([, value]) => value !== '').map(([name, value]) => [
    name.replace(/^attribute\[(\w+)\]$/, '$1'),
    value,
  ]))
  const post = Post.safeParse(given)
  if (!post.success) {
    return post.error.issues.some(({ path }) => path[0] === 'service_code')
      ? {
          code: 404,
          faults: ['service_code provided was not found'],
        }
      : {
          code: 400,
          faults: post.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`),
        }
  }
  const { service_code: kind, description, lat, long, address_string: address, first_name, last_name, phone, urgency } = post.data
  const name = [last_name, first_name].filter(Boolean).join('') || undefined
  return {
    input: CaseInput.parse({
      content: description,
      kind,
      source: 'hotline',
      urgency,
      address,
      location: lat === undefined
        ? undefined
        : { lng: long, lat },
      contact: name || phone
        ? { name, phone }
        : undefined,
    }),
  }
}
