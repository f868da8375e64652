import { z } from 'zod'
import { Instant } from './case.ts'

const By = z.object({
  id: z.string(),
  name: z.string(),
})

/** 交接事项: something the next shift must know; open until somebody has seen to it. */
export const HandoverNote = z.object({
  id: z.uuid(),
  kind: z.literal('note'),
  said: z.string(),
  caseId: z.string().nullable(),
  by: By,
  at: Instant,
}).meta({ id: 'HandoverNote' })
export type HandoverNote = z.infer<typeof HandoverNote>

export const HandoverNoteInput = z.object({
  said: z.string().trim().min(1).max(500),
  caseId: z.string().trim().min(1).max(60).nullable().default(null),
}).meta({ id: 'HandoverNoteInput' })

/** What was open when a shift was taken over: from then on it is the next officer's. */
export const WorkTaken = z.object({
  waiting: z.number().int().describe('cases to be given out'),
  overdue: z.number().int().describe('open cases past their term'),
  emergencies: z.array(z.string()).describe('cases in danger to life to which nobody is sent'),
  unlocated: z.array(z.string()).describe('open cases without a place'),
  assignments: z.array(z.string()).describe('cases somebody is sent to, until it has ended'),
  notes: z.array(z.string()).describe('what the notes say'),
}).meta({ id: 'WorkTaken' })
export type WorkTaken = z.infer<typeof WorkTaken>

export const Handover = z.object({
  id: z.uuid(),
  kind: z.literal('handover'),
  remark: z.string().nullable(),
  by: By,
  at: Instant,
  takenBy: By.nullable().describe('null = it waits to be taken over'),
  takenAt: Instant.nullable(),
  taken: WorkTaken.nullable(),
}).meta({ id: 'Handover' })
export type Handover = z.infer<typeof Handover>

export const HandoverInput = z.object({
  remark: z.string().trim().min(1).max(2000).nullable().default(null),
}).meta({ id: 'HandoverInput' })

/** GET /api/v1/handovers */
export const Handovers = z.object({
  handovers: z.array(Handover).describe('newest first'),
}).meta({ id: 'Handovers' })
export type Handovers = z.infer<typeof Handovers>
