import { z } from 'zod'

/** RFC 9457 problem details. `type` is machine-readable: `urn:huizhi:problem:<name>`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  errors: z.array(z.object({
    path: z.string(),
    message: z.string(),
  })).optional(),
}).meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>
