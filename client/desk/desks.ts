import type { PageName } from '#contract/access.ts'

/** The pages that menus name, in their order. Which of them somebody gets is the server's to say (`Me.pages`). */
export const desks = [
  'duty',
  'grid',
  'plan',
  'admin',
  'wall',
] as const satisfies readonly PageName[]
