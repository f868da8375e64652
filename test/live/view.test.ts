import type { EventDraft } from '../../db/queries/events.ts'
import type { Mask } from '../../server/live/mask.ts'
import { expect, it } from 'vitest'
import { loggedEvent } from '../../server/live/logged-event.ts'
import { eventText, regionMeets, viewOf } from '../../server/live/view.ts'
import { caseFeature, subdistrict } from '../world/events.ts'

function event({ type, id, regions = [], leftRegions = [], whole, ...data }: EventDraft) {
  return loggedEvent({
    seq: 1,
    at: 0,
    subdistrict,
    type,
    id,
    regions,
    leftRegions,
    data,
    whole: whole ?? null,
  })
}

function seen(view: Parameters<typeof eventText>[1], draft: EventDraft) {
  const text = eventText(event(draft), view)
  return text && JSON.parse(text)
}

it('the order in which layers are asked for does not make another view', () => {
  expect(viewOf('duty', {
    layers: ['worksites', 'cases'],
  }).key).toBe(viewOf('duty', {
    layers: ['cases', 'worksites', 'cases'],
  }).key)
  expect(viewOf('duty', {}).key).not.toBe(viewOf('duty', { region: '1' }).key)
})

it('an event that brings the whole item is sent whole: some who get it may not have it', () => {
  const whole = caseFeature('a', { status: 'reopened' })
  expect(seen(viewOf('duty', {}), {
    type: 'case.reopened',
    id: 'a',
    set: { status: 'reopened' },
    whole,
  })).toMatchObject({ feature: whole })
})

it('codes nest: a district\'s view holds what lies in its subdistricts', () => {
  const draft: EventDraft = {
    type: 'case.registered',
    id: 'a',
    regions: [subdistrict],
    feature: caseFeature('a'),
  }
  expect(seen(viewOf('duty', { region: '990101' }), draft)).not.toBeNull()
  expect(seen(viewOf('duty', { region: '990102' }), draft)).toBeNull()
  expect(regionMeets('990101001003', subdistrict)).toBe(true)
  expect(regionMeets('990101002003', subdistrict)).toBe(false)
  expect(regionMeets('village of the east', subdistrict)).toBe(true)
})

it('an unlocated case reaches its subdistrict\'s screens, not those of a community', () => {
  const draft: EventDraft = {
    type: 'case.registered',
    id: 'a',
    regions: [subdistrict],
    feature: {
      ...caseFeature('a'),
      geometry: null,
    } as never,
  }
  expect(seen(viewOf('duty', { region: subdistrict }), draft)).not.toBeNull()
  expect(seen(viewOf('duty', { region: '990101001001' }), draft)).toBeNull()
})

it('a mask sees every event and can change or withhold it', () => {
  const mask: Mask = {
    name: 'test',
    positions: false,
    feature: (_layer, feature) => feature.id === 'secret'
      ? null
      : {
          ...feature,
          properties: { id: feature.id },
        },
    event: (_layer, logged) => ({
      ...logged,
      ...logged.set && { set: {} },
    }),
  }
  const view = {
    ...viewOf('wall', {}),
    mask,
  }
  expect(seen(view, {
    type: 'case.registered',
    id: 'a',
    feature: caseFeature('a'),
  }).feature.properties).toEqual({ id: 'a' })
  expect(seen(view, {
    type: 'case.registered',
    id: 'secret',
    feature: caseFeature('secret'),
  })).toBeNull()
  expect(seen(view, {
    type: 'case.noted',
    id: 'a',
    set: { content: 'x' },
  }).set).toEqual({})
})

it('a case that leaves the district leaves the district\'s view', () => {
  const whole = caseFeature('a')
  const moved = loggedEvent({
    seq: 1,
    at: 0,
    subdistrict: '990202001',
    type: 'case.located',
    id: 'a',
    regions: ['990202001', '990202001001'],
    leftRegions: [subdistrict, '990101001001'],
    data: { set: {} },
    whole,
  })
  expect(JSON.parse(eventText(moved, viewOf('duty', { region: '990101' }))!)).toMatchObject({ id: 'a', gone: true })
  expect(JSON.parse(eventText(moved, viewOf('duty', { region: '990202' }))!)).toMatchObject({ id: 'a', feature: whole })
})
