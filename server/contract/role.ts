import { z } from 'zod'

/** wall: a paired screen (masked data only); grid: grid worker; community: case handler of a community. */
export const Role = z.enum([
  'wall',
  'duty',
  'grid',
  'community',
  'planner',
  'inspector',
  'admin',
]).meta({ id: 'Role' })
export type Role = z.infer<typeof Role>
