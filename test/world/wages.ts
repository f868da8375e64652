import type { CaseKind, CaseStatus } from '#contract/case.ts'
import type { PartyInput, WageMonth } from '#contract/wages.ts'
import type { Sql } from '../../db/connect.ts'
import { town, west } from './places.ts'

/** A link of a chain: `link('b', 'a', { role: 'labour' })` got its work from a. */
export function link(id: string, parent: string | null, said: Partial<PartyInput> = {}): PartyInput {
  return {
    id,
    parent,
    role: 'subcontractor',
    company: `${id}公司`,
    contractNumber: null,
    signedOn: null,
    amountYuan: null,
    qualified: true,
    signer: null,
    ...said,
  }
}

/** 建设单位 › 总包 › 分包 › 劳务 › 班组, as it should be. */
export function wholeChain(): PartyInput[] {
  return [
    link('dev', null, { role: 'developer', qualified: null }),
    link('gc', 'dev', { role: 'general-contractor', amountYuan: 10_000_000, signedOn: '2026-01-10' }),
    link('sub', 'gc', { role: 'subcontractor', amountYuan: 3_000_000, signedOn: '2026-02-01' }),
    link('lab', 'sub', { role: 'labour', amountYuan: 1_000_000, signedOn: '2026-02-20' }),
    link('crew', 'lab', { role: 'crew', qualified: null }),
  ]
}

/** A month of ten people at 6,000 yuan each, paid on the tenth of the next. */
export function month(name: string, said: Partial<WageMonth> = {}): WageMonth {
  const [year, number] = name.split('-').map(Number) as [number, number]
  return {
    month: name,
    attended: 10,
    paidPeople: 10,
    dueYuan: 60_000,
    paidYuan: 60_000,
    paidOn: new Date(Date.UTC(year, number, 10)).toISOString().slice(0, 10),
    ...said,
  }
}

/** Nobody got anything. */
export const unpaid = { paidPeople: 0, paidYuan: 0, paidOn: null }

export async function plantWorksite(sql: Sql, id: string, community = `${town}001`): Promise<void> {
  await sql`
    insert into worksites (subdistrict, id, name, community, location)
    values (${town}, ${id}, ${`工地${id}`}, ${community}, point(${west[0]}, ${west[1]}))`
}

/** A call about unpaid wages at a worksite. */
export async function plantWageCall(sql: Sql, id: string, worksite: string | null, { kind = 'wages', status = 'in-progress', day = '2026-11-02' }: { kind?: CaseKind, status?: CaseStatus, day?: string } = {}): Promise<void> {
  await sql`
    insert into cases (subdistrict, id, kind, source, status, content, community, worksite, reported_at)
    values (${town}, ${id}, ${kind}, 'hotline', ${status}, '工人来电', ${`${town}001`}, ${worksite}, ${`${day}T10:00:00+08:00`})`
}
