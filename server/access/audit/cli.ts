import type { AuditFault } from '../audit.ts'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { CannotStart } from '../../cannot-start.ts'
import { readConfig } from '../../config.ts'
import { runUntilStopped } from '../../lifecycle.ts'
import { openForCommand } from '../../open-for-command.ts'
import { verifyAudit } from '../audit.ts'
import { keyFor, loadSecret } from '../keys.ts'
import { readAnchor, writeAnchor } from './anchor.ts'

const usage = '用法 · Usage: npm run audit -- verify [--anchor 文件 FILE]'
const words: Record<AuditFault['fault'], string> = {
  'changed': '被改动 was changed',
  'gap': '之前有缺失 comes after a gap',
  'chain-broken': '与前一条不相接 does not follow the one before',
  'cut-off': '之后被截断 and what follows was cut off',
}
/** A line is to be read: the rest is a number. */
const mostTold = 5

/**
 * `npm run audit -- verify`: exit code 0 when the whole trail is what was written and holds what the last check saw, else 1
 * and one line that says where it is not.
 */
runUntilStopped(async (lifecycle) => {
  const given = readArguments()
  const config = readConfig()
  const file = given.anchor === undefined
    ? join(config.dataDir, 'audit.anchor')
    : resolve(process.env.INIT_CWD ?? '.', given.anchor)
  const anchor = await readAnchor(file)
  const key = keyFor(await loadSecret(config), 'audit')
  const sql = await openForCommand(config, lifecycle, 'audit')
  const { entries, head, faults } = await verifyAudit(sql, key, anchor)
  if (faults.length > 0) {
    const told = faults.slice(0, mostTold).map(({ seq, fault }) => `${seq} ${words[fault]}`)
    throw new CannotStart(`审计记录与写入时不符 · The audit trail is not what was written: ${told.join('; ')}${faults.length > mostTold
      ? `; … ${faults.length} 处 faults`
      : ''}`)
  }
  if (head)
    await writeAnchor(file, head)
  console.log(`✓ 审计记录完整 · The audit trail is whole: ${entries} 条 entries${anchor
    ? `, 上次核对至 checked before up to ${anchor.seq}`
    : ''}; 锚点 anchor ${file}`)
  lifecycle.end()
})

function readArguments(): { anchor?: string | undefined } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        anchor: { type: 'string' },
      },
    })
    if (positionals.join(' ') === 'verify')
      return values
  }
  catch {}
  throw new CannotStart(usage)
}
