import type { Sql } from '../../db/connect.ts'
import { busiestOfficer } from '../../db/queries/demo.ts'
import { oneTimePassword, setDemoAccounts } from '../access/accounts.ts'

export interface DemoAccounts { names: string[], password: string }

/** The demo's sign-in names with one password, set anew at each start: the one of DEMO_PASSWORD, else a random one. */
export async function openDemoAccounts(sql: Sql, demoPassword: string | null): Promise<DemoAccounts> {
  const password = demoPassword ?? oneTimePassword()
  const officer = await busiestOfficer(sql)
  const names = await setDemoAccounts(sql, {
    password,
    community: officer?.community ?? null,
    grid: officer?.grid ?? null,
    officer: officer?.id ?? null,
  })
  return { names, password }
}
