// Moved: PlacedDraft is in append-by-subdistrict.ts. This file goes away.
export type { PlacedDraft } from './append-by-subdistrict.ts'
