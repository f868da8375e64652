import type { AccountRefusal, Managing } from '../manage-accounts.ts'
import type { UserCommand } from './arguments.ts'
import { userInfo } from 'node:os'
import process from 'node:process'
import { findAccount, listAccounts } from '../../../db/queries/accounts.ts'
import { CannotStart } from '../../cannot-start.ts'
import { readConfig } from '../../config.ts'
import { runUntilStopped } from '../../lifecycle.ts'
import { openForCommand } from '../../open-for-command.ts'
import { keyFor, loadSecret } from '../keys.ts'
import { addManagedAccount, changeManagedAccount, resetManagedAccount } from '../manage-accounts.ts'
import { readArguments } from './arguments.ts'

/** `npm run user`: accounts from the machine itself, as for the first administrator. What it changes is in the audit trail. */
runUntilStopped(async (lifecycle) => {
  const command = readArguments(process.argv.slice(2))
  const config = readConfig()
  const auditKey = keyFor(await loadSecret(config), 'audit')
  const sql = await openForCommand(config, lifecycle, 'user')
  await run(command, {
    sql,
    auditKey,
    by: {
      actor: 'command',
      actorName: `npm run user (${userInfo().username})`,
      role: null,
      address: null,
    },
  })
  lifecycle.end()
})

async function run(command: UserCommand, managing: Managing): Promise<void> {
  switch (command.does) {
    case 'list':
      for (const { username, name, role, region, officer, banned, twoFactor, mustChangePassword } of await listAccounts(managing.sql)) {
        console.log([
          username,
          role,
          name,
          region ?? officer ?? '',
          banned && '已停用 banned',
          twoFactor && '双因素 second factor',
          mustChangePassword && '须改密码 must change password',
        ].filter(Boolean).join(' · '))
      }
      return
    case 'add': {
      const done = orStop(await addManagedAccount(managing, command.account))
      console.log(`已建账号 · Added ${done.account.username} (${done.account.role})`)
      tell(done.password)
      return
    }
    case 'reset': {
      const done = orStop(await resetManagedAccount(managing, await idOf(managing, command.username)))
      console.log(`已重置，所有会话已退出 · Reset and signed out everywhere: ${done.account.username}`)
      tell(done.password)
      return
    }
    case 'role': {
      const { account } = orStop(await changeManagedAccount(managing, await idOf(managing, command.username), command.change))
      console.log(`已改角色 · ${account.username} is now ${account.role}${account.region
        ? ` of ${account.region}`
        : ''}`)
    }
  }
}

function tell(password: string): void {
  console.log(`一次性密码（只显示这一次，首次登录须更换） · One-time password, shown only now, to be changed at the first sign-in:\n\n    ${password}\n`)
}

async function idOf({ sql }: Managing, username: string): Promise<string> {
  const found = await findAccount(sql, { username })
  if (!found)
    throw new CannotStart(`没有账号 ${username} · There is no account ${username}.`)
  return found.id
}

function orStop<T extends object>(outcome: T | AccountRefusal): T {
  if (!('refused' in outcome))
    return outcome
  throw new CannotStart({
    'not-found': '没有这个账号 · There is no such account.',
    'self': '不能对自己这样做 · Nobody may do this to himself.',
    'last-admin': '这是最后一个管理员 · This is the last administrator.',
    'invalid': 'path' in outcome
      ? `${outcome.path}: ${outcome.message}.`
      : '',
  }[outcome.refused])
}
