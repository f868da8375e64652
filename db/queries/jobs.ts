import type { SqlOrTx, Tx } from '../connect.ts'

/** Puts jobs that are not known yet on the list, due at once; those known keep their time. */
export async function enlistJobs(sql: SqlOrTx, names: readonly string[]): Promise<void> {
  await sql`
    insert into jobs (name, due_at)
    select unnest(${names as string[]}::text[]), now()
    on conflict do nothing`
}

/** Brings a job forward, as when what it works on was changed by a new release. */
export async function hurryJob(sql: SqlOrTx, name: string): Promise<void> {
  await sql`update jobs set due_at = least(due_at, now()) where name = ${name}`
}

export interface DueJob { name: string, failures: number }

/** Takes one job that is due and that nobody else has in hand, until the transaction ends. */
export async function takeDueJob(tx: Tx, names: readonly string[], now: Date): Promise<DueJob | null> {
  const [job] = await tx<DueJob[]>`
    select name, failures
    from jobs
    where name = any(${names as string[]}) and due_at <= ${now}
    order by due_at
    limit 1
    for update skip locked`
  return job ?? null
}

/** In the transaction that took it: what was done and the next time belong together. */
export async function settleJob(tx: Tx, name: string, { ranAt, nextAt, error }: { ranAt: Date, nextAt: Date, error: string | null }): Promise<void> {
  await tx`
    update jobs
    set due_at = ${nextAt},
      ran_at = ${ranAt},
      failures = ${error === null
        ? 0
        : tx`failures + 1`},
      last_error = ${error}
    where name = ${name}`
}

export async function nextJobAt(sql: SqlOrTx, names: readonly string[]): Promise<Date | null> {
  const [row] = await sql<[{ next: Date | null }]>`select min(due_at) as next from jobs where name = any(${names as string[]})`
  return row.next
}
