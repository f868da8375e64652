import type { AuditQuery } from '#contract/access.ts'
import { useI18n } from 'vue-i18n'
import { dayOf } from '../state/china-time.ts'

/** A filter of the trail as one line: 王值班 · 账号 · account:wang · 2026-03-01 – 2026-03-02. */
export function useFilterWords() {
  const { t, te } = useI18n()
  return ({ actor, action, target, from, to }: AuditQuery): string => [
    actor,
    action && (te(`admin.kind.${action}`)
      ? t(`admin.kind.${action}`)
      : action),
    target,
    // `to` is the first moment that is not in it.
    (from || to) && `${from
      ? dayOf(Date.parse(from))
      : ''} – ${to
      ? dayOf(Date.parse(to) - 1)
      : ''}`,
  ].filter(Boolean).join(' · ') || t('admin.exports.all')
}
