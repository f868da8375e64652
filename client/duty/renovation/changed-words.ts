import type { ZoneChange } from '#contract/renovation.ts'

type Words = (key: string) => string

/** The fields that a change set, each from what to what; of a list how many rows it had and has; else what it is about. */
export function changedWords({ part, before, after }: Pick<ZoneChange, 'part' | 'before' | 'after'>, t: Words): string {
  if (Array.isArray(before) || Array.isArray(after))
    return `${lengthOf(before)} → ${lengthOf(after)}`
  if (part === 'facts' || part === 'import')
    return fieldsOf(asRecord(before), asRecord(after), t)
  if (part === 'stages')
    return stagesOf(asRecord(before), asRecord(after), t)
  const said = asRecord(after)
  return [
    said.name,
    said.company,
    said.title,
    said.note,
    said.reason,
  ].filter(text => typeof text === 'string').join(' · ')
}

function fieldsOf(before: Record<string, unknown>, after: Record<string, unknown>, t: Words): string {
  return Object.keys(after)
    .filter(name => name !== 'id' && (before[name] ?? null) !== (after[name] ?? null))
    .map(name => `${t(`renovation.field.${name}`)} ${shown(before[name])} → ${shown(after[name])}`)
    .join('; ')
}

/** Where the zone stood and stands, and the stages whose dates are others. */
function stagesOf(before: Record<string, unknown>, after: Record<string, unknown>, t: Words): string {
  const word = (stage: unknown) => t(`places.renovationStage.${String(stage)}`)
  const datesOf = (side: Record<string, unknown>) => new Map((side.stages as { stage: string }[] | undefined ?? []).map(entry => [
    entry.stage,
    JSON.stringify(entry),
  ]))
  const [had, has] = [
    datesOf(before),
    datesOf(after),
  ]
  const changed = [
    ...new Set([
      ...had.keys(),
      ...has.keys(),
    ]),
  ].filter(stage => had.get(stage) !== has.get(stage)).map(word)
  return [
    ...before.stage === after.stage
      ? []
      : [`${word(before.stage)} → ${word(after.stage)}`],
    ...changed,
  ].join(' · ')
}

function shown(value: unknown): string {
  return value === null || value === undefined
    ? '—'
    : String(value)
}

function lengthOf(value: unknown): number {
  return Array.isArray(value)
    ? value.length
    : 0
}

function asRecord(value: unknown): Record<string, unknown> {
  return (value ?? {}) as Record<string, unknown>
}
