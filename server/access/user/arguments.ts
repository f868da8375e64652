import type { AccountRow } from '../../../db/queries/accounts.ts'
import type { AccountToAdd } from '../manage-accounts.ts'
import { parseArgs } from 'node:util'
import { AccountInput } from '#contract/access.ts'
import { CannotStart } from '../../cannot-start.ts'

export type UserCommand
  = | { does: 'list' }
    | { does: 'add', account: AccountToAdd }
    | { does: 'reset', username: string }
    | { does: 'role', username: string, change: Pick<AccountRow, 'role' | 'region' | 'officer'> }

const usage = `用法 · Usage:
  npm run user -- add NAME --role ROLE [--name 显示名] [--region 区域编码] [--officer 网格员编号]
  npm run user -- list
  npm run user -- reset NAME
  npm run user -- role NAME --role ROLE [--region 区域编码] [--officer 网格员编号]
  ROLE: duty, grid, community, planner, inspector, admin`

/** Throws CannotStart. */
export function readArguments(args: string[]): UserCommand {
  const { does, username, ...values } = parse(args)
  if (does === 'list' && username === undefined)
    return { does }
  if (does === 'reset' && username !== undefined) {
    return {
      does,
      username: username.toLowerCase(),
    }
  }
  if ((does !== 'add' && does !== 'role') || username === undefined)
    throw new CannotStart(usage)
  const { data, error } = AccountInput.safeParse({
    username,
    name: values.name ?? username,
    role: values.role,
    region: values.region,
    officer: values.officer,
  })
  if (error)
    throw new CannotStart(`${error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}\n${usage}`)
  return does === 'add'
    ? { does, account: data }
    : {
        does,
        username: data.username,
        change: {
          role: data.role,
          region: data.region,
          officer: data.officer,
        },
      }
}

function parse(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        role: { type: 'string' },
        name: { type: 'string' },
        region: { type: 'string' },
        officer: { type: 'string' },
      },
    })
    const [does, username, ...more] = positionals
    if (more.length === 0)
      return { does, username, ...values }
  }
  catch {}
  throw new CannotStart(usage)
}
