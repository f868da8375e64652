import { z } from 'zod'

/** A file that was taken: pass its `id` where a case or an action takes files, within a day. */
export const Upload = z.object({
  id: z.string(),
  kind: z.enum(['image', 'document', 'audio']),
  type: z.string().describe('media type as it is served'),
  bytes: z.number().int().describe('as it is kept: pictures are drawn anew'),
  width: z.number().int().optional().describe('pixels, of images'),
  height: z.number().int().optional(),
}).meta({ id: 'Upload' })
export type Upload = z.infer<typeof Upload>
