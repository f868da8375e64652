import { parseArgs } from 'node:util'
import { keyFor, loadSecret } from '../../access/keys.ts'
import { CannotStart } from '../../cannot-start.ts'
import { readConfig } from '../../config.ts'
import { runUntilStopped } from '../../lifecycle.ts'
import { openForCommand } from '../../open-for-command.ts'
import { retain } from '../retain.ts'
import { retentionRules } from '../retention-rules.ts'

const usage = '用法 · Usage: npm run retain [-- --apply | --dry-run]'

/** `npm run retain`: what the retention rules would delete or anonymise now; with `--apply` does it (as the server does every night). */
runUntilStopped(async (lifecycle) => {
  const apply = readArguments()
  const config = readConfig()
  const auditKey = keyFor(await loadSecret(config), 'audit')
  const sql = await openForCommand(config, lifecycle, 'retain')
  for (const { rule, before, rows } of await retain(sql, { auditKey, apply })) {
    const { what, days, does } = retentionRules.find(({ id }) => id === rule)!
    console.log(`${rule} · ${what} · ${days} 天 days · ${before.toISOString().slice(0, 10)} 之前 before · ${does === 'delete'
      ? '删除 delete'
      : '匿名 anonymise'} ${rows}`)
  }
  console.log(apply
    ? '已执行并记入审计 · Done, and written into the audit trail'
    : '试运行，未改动；执行请加 --apply · Dry run, nothing was changed; --apply carries it out')
  lifecycle.end()
})

function readArguments(): boolean {
  try {
    const { values } = parseArgs({
      options: {
        'apply': { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
      },
    })
    if (!(values.apply && values['dry-run']))
      return values.apply
  }
  catch {}
  throw new CannotStart(usage)
}
