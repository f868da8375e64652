import type { Scenario, ScenarioInput } from '#contract/plan.ts'
import type { Sql, SqlOrTx } from '../connect.ts'

type Row = Omit<Scenario, 'updatedAt'> & { updatedAt: Date }

const mostListed = 200

/** The newest first. */
export async function listScenarios(sql: SqlOrTx): Promise<Scenario[]> {
  const rows = await sql<Row[]>`
    select id, subdistrict, name, author_name as author, basis, content, updated_at as "updatedAt"
    from plan_scenarios
    order by updated_at desc, id
    limit ${mostListed}`
  return rows.map(scenarioOf)
}

export async function readScenario(sql: SqlOrTx, id: string): Promise<Scenario | null> {
  const [row] = await sql<Row[]>`
    select id, subdistrict, name, author_name as author, basis, content, updated_at as "updatedAt"
    from plan_scenarios
    where id = ${id}`
  return row
    ? scenarioOf(row)
    : null
}

/** Writes a scenario under its id, new or not. */
export async function putScenario(sql: Sql, id: string, { subdistrict, name, basis, content }: ScenarioInput, author: { userId: string, name: string }): Promise<Scenario> {
  const [row] = await sql<Row[]>`
    insert into plan_scenarios (id, subdistrict, name, author, author_name, basis, content)
    values (${id}, ${subdistrict}, ${name}, ${author.userId}, ${author.name}, ${basis}, ${sql.json(content)})
    on conflict (id) do update
    set name = excluded.name, basis = excluded.basis, content = excluded.content, author = excluded.author,
      author_name = excluded.author_name, subdistrict = excluded.subdistrict, updated_at = now()
    returning id, subdistrict, name, author_name as author, basis, content, updated_at as "updatedAt"`
  return scenarioOf(row!)
}

/** Whether there was one. */
export async function deleteScenario(sql: SqlOrTx, id: string): Promise<boolean> {
  const rows = await sql`delete from plan_scenarios where id = ${id} returning id`
  return rows.length > 0
}

function scenarioOf({ updatedAt, ...row }: Row): Scenario {
  return {
    ...row,
    updatedAt: updatedAt.toISOString(),
  }
}
