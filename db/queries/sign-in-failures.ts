import type { Sql } from '../connect.ts'

export async function failuresOf(sql: Sql, keys: string[]) {
  return await sql<{ key: string, failures: number, lastAt: Date }[]>`
    select key, failures, last_at as "lastAt"
    from sign_in_failures
    where key = any(${keys})`
}

/** One more failure; those older than `forgetSeconds` no longer count. */
export async function noteFailure(sql: Sql, key: string, forgetSeconds: number) {
  await sql`
    insert into sign_in_failures as f (key, failures) values (${key}, 1)
    on conflict (key) do update set
      failures = case when f.last_at < now() - make_interval(secs => ${forgetSeconds}) then 1 else f.failures + 1 end,
      last_at = now()`
}

export async function clearFailures(sql: Sql, key: string) {
  await sql`delete from sign_in_failures where key = ${key}`
}
