import type { z } from 'zod'
import { OpenAPIHono } from '@hono/zod-openapi'
import { Problem } from '#contract/problem.ts'
import { ProblemError } from './problem.ts'
import { refuseOddText } from './refuse-odd-text.ts'

/** A group of routes whose input has passed its schema, or the request has failed. */
export function newApi(): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) {
        throw new ProblemError('invalid', {
          errors: issuesOf(result.error),
        })
      }
      refuseOddText(result.data)
    },
  })
}

function issuesOf({ issues }: z.ZodError): { path: string, message: string }[] {
  return issues.map(({ path, message }) => ({
    path: path.join('.'),
    message,
  }))
}

export function json<T extends z.ZodType>(schema: T, description: string) {
  return {
    description,
    content: {
      'application/json': { schema },
    },
  }
}
export function body<T extends z.ZodType>(schema: T) {
  return {
    required: true as const,
    content: {
      'application/json': { schema },
    },
  }
}
export function geoJson<T extends z.ZodType>(schema: T, description: string) {
  return {
    description,
    content: {
      'application/geo+json': { schema },
    },
  }
}
export const geoJsonType = { 'Content-Type': 'application/geo+json' }

/** The answers that a route may give beside its own, for the documentation. */
export function failures<S extends 404 | 409 | 422>(...statuses: S[]) {
  const descriptions: Record<S | 'default', string> = {
    404: 'No such item',
    409: 'Not in its present state',
    422: 'Invalid values; `errors` names them',
    default: 'Any other failure, as RFC 9457 problem details',
  } as Record<S | 'default', string>
  const problem = (status: S | 'default') => ({
    description: descriptions[status],
    content: {
      'application/problem+json': { schema: Problem },
    },
  })
  return Object.fromEntries(statuses.map(status => [
    status,
    problem(status),
  ])) as { [K in S]: ReturnType<typeof problem> }
}
