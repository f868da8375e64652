import { z } from 'zod'
import { Instant } from './case.ts'

/** How many past days are told. */
export const FiguresQuery = z.object({
  days: z.coerce.number().int().min(1).max(366).default(30),
})

/** What happened on one day in China. Every figure is a count; rates are made of them where they are shown. */
export const DayFigures = z.object({
  day: z.iso.date().describe('YYYY-MM-DD in China'),
  reported: z.number().int().describe('cases reported'),
  closed: z.number().int().describe('cases taken off the account'),
  calledBack: z.number().int().describe('valid call-backs: somebody was reached and answered'),
  satisfied: z.number().int().describe('of those, satisfied'),
}).meta({ id: 'DayFigures' })
export type DayFigures = z.infer<typeof DayFigures>

/** The days before today, oldest first, none left out. Today is not in it: screens tell it from what they follow live. */
export const Figures = z.object({
  asOf: Instant,
  days: z.array(DayFigures),
}).meta({ id: 'Figures' })
export type Figures = z.infer<typeof Figures>
