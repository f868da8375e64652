import type { SqlOrTx } from '../connect.ts'

/** The name of who did something: column `actor` of a row, an account or officer id. */
export function actorName(sql: SqlOrTx) {
  return sql`coalesce(officers.name, users.name) as actor_name`
}

/** What `actorName` needs. What the demo's day did in the name of `demo-duty` was done by the demo's account `duty`. */
export function joinActors(sql: SqlOrTx) {
  return sql`
    left join officers on officers.id = actor
    left join users on users.id = actor or (users.demo and actor = 'demo-' || users.username)`
}
