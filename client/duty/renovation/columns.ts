import { RenovationStage } from '#contract/places.ts'
import { FundSource, PropertyStepName } from '#contract/renovation.ts'

/** A field of a form: how it is written; `words` gives the key of a choice's text. */
export interface Field {
  name: string
  kind: 'text' | 'number' | 'day' | 'choice' | 'share'
  step?: number
  choices?: readonly string[]
  words?: (choice: string) => string
  /** cannot be changed */
  fixed?: true
  wide?: true
}

export const factFields: Field[] = [
  { name: 'name', kind: 'text' },
  { name: 'batch', kind: 'text' },
  { name: 'progress', kind: 'share' },
  { name: 'buildings', kind: 'number' },
  { name: 'households', kind: 'number' },
  { name: 'floorArea', kind: 'number', step: 0.01 },
  { name: 'builtYear', kind: 'number' },
  { name: 'owner', kind: 'text' },
  { name: 'contractor', kind: 'text' },
  { name: 'designer', kind: 'text' },
  { name: 'supervisor', kind: 'text' },
  { name: 'propertyCompany', kind: 'text' },
  { name: 'warrantyEnd', kind: 'day' },
]

export const stageFields: Field[] = [
  {
    name: 'stage',
    kind: 'choice',
    choices: RenovationStage.options,
    words: stage => `places.renovationStage.${stage}`,
    fixed: true,
  },
  { name: 'planStart', kind: 'day' },
  { name: 'planEnd', kind: 'day' },
  { name: 'realStart', kind: 'day' },
  { name: 'realEnd', kind: 'day' },
]

export const consentFields: Field[] = [
  { name: 'building', kind: 'text' },
  { name: 'households', kind: 'number' },
  { name: 'agreed', kind: 'number' },
]

export const fundFields: Field[] = [
  {
    name: 'source',
    kind: 'choice',
    choices: FundSource.options,
    words: source => `renovation.fund.${source}`,
  },
  { name: 'yuan', kind: 'number', step: 0.01 },
  { name: 'paidYuan', kind: 'number', step: 0.01 },
  { name: 'note', kind: 'text', wide: true },
]

export const leftoverFields: Field[] = [
  { name: 'title', kind: 'text', wide: true },
  { name: 'owner', kind: 'text' },
  { name: 'dueOn', kind: 'day' },
]

export const termFields: Field[] = [
  {
    name: 'step',
    kind: 'choice',
    choices: PropertyStepName.options,
    words: step => `renovation.rung.${step}`,
    fixed: true,
  },
  { name: 'days', kind: 'number' },
  { name: 'termSource', kind: 'text', wide: true },
]
