import type { AuditExportRow } from '../../db/queries/audit-exports.ts'
import type { AuditRow } from '../../db/queries/audit.ts'
import { byteOrderMark, csvLine } from '../csv-line.ts'

const columns = [
  [
    '序号 seq',
    ({ seq }) => seq,
  ],
  [
    '时间 at',
    ({ at }) => at.toISOString(),
  ],
  [
    '操作人 actor',
    ({ actorName }) => actorName,
  ],
  [
    '账号编号 id',
    ({ actor }) => actor,
  ],
  [
    '角色 role',
    ({ role }) => role,
  ],
  [
    '来源 address',
    ({ address }) => address,
  ],
  [
    '操作 action',
    ({ action }) => action,
  ],
  [
    '对象 target',
    ({ target }) => target,
  ],
  [
    '变更前 before',
    ({ before }) => jsonOf(before),
  ],
  [
    '变更后 after',
    ({ after }) => jsonOf(after),
  ],
  [
    '哈希 hash',
    ({ hash }) => hash,
  ],
] as const satisfies [string, (row: AuditRow) => string | number | null][]

/**
 * The file of an export, in parts: UTF-8 with a mark at its beginning, so that spreadsheets read Chinese. Who took it out and when
 * stands in its first line and at the end of every row: a part that was copied out of it still tells.
 */
export async function* auditCsv({ id, requestedName, requestedBy, decidedName, reason, rows }: AuditExportRow, found: AsyncIterable<AuditRow[]>, at: Date): AsyncGenerator<string> {
  const mark = `${requestedName} (${requestedBy}) ${at.toISOString()} #${id.slice(0, 8)}`
  const agreed = decidedName === null
    ? ''
    : ` · 审批人 agreed ${decidedName}`
  yield byteOrderMark
  yield csvLine([`审计导出 audit export · 导出人 by ${requestedName} (${requestedBy}) · 时间 at ${at.toISOString()} · ${rows} 行 rows · 用途 for ${reason} · 编号 ${id}${agreed}`])
  yield csvLine([
    ...columns.map(([name]) => name),
    '水印 watermark',
  ])
  for await (const part of found) {
    yield part.map(row => csvLine([
      ...columns.map(([, value]) => value(row)),
      mark,
    ])).join('')
  }
}

function jsonOf(value: unknown): string {
  return value === null || value === undefined
    ? ''
    : JSON.stringify(value)
}
