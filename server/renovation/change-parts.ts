import type { RenovationStage } from '#contract/places.ts'
import type { BuildingConsent, ZoneFacts, ZoneFund, ZoneStage } from '#contract/renovation.ts'
import type { OverlayItem } from '../../db/queries/import/overlay-item.ts'
import type { ZoneDone, ZoneWork } from './change-zone.ts'
import { readConsents, readFunds, readStages, replaceConsents, replaceFunds, replaceStages } from '../../db/queries/zone-ledger.ts'
import { faultsOfConsents, faultsOfFacts, faultsOfFunds } from './part-faults.ts'
import { faultsOfStages } from './stage-faults.ts'
import { stagesOf } from './stages-of.ts'

export const factNames = [
  'name',
  'batch',
  'progress',
  'buildings',
  'households',
  'floorArea',
  'builtYear',
  'owner',
  'contractor',
  'designer',
  'supervisor',
  'propertyCompany',
  'warrantyEnd',
] as const satisfies (keyof ZoneFacts)[]

export function factsOf({ properties }: Pick<OverlayItem, 'properties'>): ZoneFacts {
  return Object.fromEntries(factNames.map(name => [name, properties[name] ?? null])) as unknown as ZoneFacts
}

export async function changeFacts({ item }: ZoneWork, facts: ZoneFacts): Promise<ZoneDone> {
  const faults = faultsOfFacts(facts, item.properties.realEnd as string | null)
  return faults.length > 0
    ? { faults }
    : {
        part: 'facts',
        before: factsOf(item),
        after: facts,
        item: {
          ...item,
          properties: {
            ...item.properties,
            ...facts,
          },
        },
      }
}

export async function changeStages({ tx, head, item, today }: ZoneWork, { stage, stages }: { stage: RenovationStage, stages: readonly ZoneStage[] }): Promise<ZoneDone> {
  const faults = faultsOfStages(stage, stages, today)
  const works = stages.find(entry => entry.stage === 'construction')
  const { warrantyEnd } = item.properties
  if (typeof warrantyEnd === 'string' && works?.realEnd && warrantyEnd < works.realEnd)
    faults.push({ path: `stages.${stages.indexOf(works)}.realEnd`, message: `lies after the warranty's end (${warrantyEnd})` })
  if (faults.length > 0)
    return { faults }
  const before = stagesOf(item.properties as never, await readStages(tx, [item.id]))
  await replaceStages(tx, head, stages.filter(entry => entry.stage !== 'construction' && hasDates(entry)))
  return {
    part: 'stages',
    before: {
      stage: item.properties.stage,
      stages: before.filter(hasDates),
    },
    after: {
      stage,
      stages: stages.filter(hasDates),
    },
    item: {
      ...item,
      properties: {
        ...item.properties,
        stage,
        planStart: works?.planStart ?? null,
        planEnd: works?.planEnd ?? null,
        realStart: works?.realStart ?? null,
        realEnd: works?.realEnd ?? null,
      },
    },
  }
}

export async function changeConsents({ tx, head }: ZoneWork, consents: readonly BuildingConsent[]): Promise<ZoneDone> {
  const faults = faultsOfConsents(consents)
  if (faults.length > 0)
    return { faults }
  const before = await readConsents(tx, head)
  await replaceConsents(tx, head, consents)
  return { part: 'consents', before, after: consents }
}

export async function changeFunds({ tx, head }: ZoneWork, funds: readonly ZoneFund[]): Promise<ZoneDone> {
  const faults = faultsOfFunds(funds)
  if (faults.length > 0)
    return { faults }
  const before = await readFunds(tx, head)
  await replaceFunds(tx, head, funds)
  return { part: 'funds', before, after: funds }
}

function hasDates({ planStart, planEnd, realStart, realEnd }: ZoneStage): boolean {
  return [planStart, planEnd, realStart, realEnd].some(day => day !== null)
}
