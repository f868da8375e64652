import type { EventDraft } from '../../db/queries/events.ts'
import { describe, expect, it } from 'vitest'
import { loggedEvent } from '../../server/live/logged-event.ts'
import { eventText, regionMeets, viewOf } from '../../server/live/view.ts'
import { caseFeature, subdistrict } from '../world/events.ts'
import { seatOf } from '../world/live.ts'

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
  expect(viewOf(seatOf('duty'), {
    layers: ['worksites', 'cases'],
  }).key).toBe(viewOf(seatOf('duty'), {
    layers: ['cases', 'worksites', 'cases'],
  }).key)
  expect(viewOf(seatOf('duty'), {}).key).not.toBe(viewOf(seatOf('duty'), { region: '1' }).key)
})

it('an event that brings the whole item is sent whole: some who get it may not have it', () => {
  const whole = caseFeature('a', { status: 'reopened' })
  expect(seen(viewOf(seatOf('duty'), {}), {
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
  expect(seen(viewOf(seatOf('duty'), { region: '990101' }), draft)).not.toBeNull()
  expect(seen(viewOf(seatOf('duty'), { region: '990102' }), draft)).toBeNull()
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
  expect(seen(viewOf(seatOf('duty'), { region: subdistrict }), draft)).not.toBeNull()
  expect(seen(viewOf(seatOf('duty'), { region: '990101001001' }), draft)).toBeNull()
})

describe('a wall', () => {
  const wall = viewOf(seatOf('wall'), {})

  it('gets a case without its text, address and worker, near where it is', () => {
    const { feature } = seen(wall, {
      type: 'case.registered',
      id: 'a',
      feature: caseFeature('a', { content: '王某家漏水', address: '3号楼2单元', assignee: 'o1' }),
    })
    expect(feature.properties).toMatchObject({
      id: 'a',
      content: '',
      address: null,
      assignee: null,
    })
    expect(feature.geometry).not.toEqual(caseFeature('a').geometry)
  })

  it('learns of a change only what it may see', () => {
    expect(seen(wall, {
      type: 'case.dispatched',
      id: 'a',
      set: { status: 'dispatched', assignee: 'o1', version: 2 },
    }).set).toEqual({ status: 'dispatched', assignee: null, version: 2 })
  })
})

describe('a community', () => {
  const view = viewOf(seatOf('community', { region: '990101001001' }), {})

  it('gets its own cases only, and loses one that leaves it', () => {
    const registered = (regions: string[]) => seen(view, {
      type: 'case.registered',
      id: 'a',
      regions,
      feature: caseFeature('a'),
    })
    expect(registered([subdistrict, '990101001001'])).not.toBeNull()
    expect(registered([subdistrict, '990101001002'])).toBeNull()
    expect(registered([subdistrict])).toBeNull()
    expect(registered([])).toBeNull()
    expect(seen(view, {
      type: 'case.located',
      id: 'a',
      regions: [subdistrict, '990101001002'],
      leftRegions: ['990101001001'],
      set: { community: '990101001002' },
    })).toMatchObject({ gone: true })
  })

  it('whatever it asks for beside', () => {
    const asking = viewOf(seatOf('community', { region: '990101001001' }), { region: subdistrict })
    expect(seen(asking, {
      type: 'case.located',
      id: 'a',
      regions: [subdistrict, '990101001002'],
      leftRegions: ['990101001001'],
      set: { content: 'secret' },
    })).toMatchObject({ gone: true })
    expect(seen(asking, {
      type: 'case.noted',
      id: 'b',
      regions: [subdistrict, '990101001002'],
      set: { content: 'secret' },
    })).toBeNull()
  })

  it('without a region bound to it gets no case at all', () => {
    expect(seen(viewOf(seatOf('community'), {}), {
      type: 'case.noted',
      id: 'b',
      regions: [subdistrict],
      set: {},
    })).toBeNull()
  })
})

describe('a grid worker', () => {
  const view = viewOf(seatOf('grid', { officer: 'o1' }), {})

  it('gets a case whole when it becomes a task of his, and loses it when it is given to another', () => {
    const whole = caseFeature('a', { assignee: 'o1' })
    expect(seen(view, {
      type: 'case.dispatched',
      id: 'a',
      regions: [subdistrict, 'officer:o1'],
      set: { assignee: 'o1' },
      whole,
    })).toMatchObject({ feature: whole })
    expect(seen(view, {
      type: 'case.dispatched',
      id: 'a',
      regions: [subdistrict, 'officer:o2'],
      leftRegions: ['officer:o1'],
      set: { assignee: 'o2' },
    })).toMatchObject({ gone: true })
    expect(seen(view, {
      type: 'case.noted',
      id: 'a',
      regions: [subdistrict, 'officer:o2'],
      set: {},
    })).toBeNull()
  })

  it('sees himself among the officers and nobody else', () => {
    expect(seen(view, {
      type: 'officer.changed',
      id: 'o1',
      regions: [subdistrict],
      set: {},
    })).not.toBeNull()
    expect(seen(view, {
      type: 'officer.changed',
      id: 'o2',
      regions: [subdistrict],
      set: {},
    })).toBeNull()
  })
})

it('roles that see the same share one view', () => {
  expect(viewOf(seatOf('planner'), {
    layers: ['cases'],
  }).key).toBe(viewOf(seatOf('admin'), {
    layers: ['cases'],
  }).key)
  expect(viewOf(seatOf('wall'), {}).key).not.toBe(viewOf(seatOf('duty'), {}).key)
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
  expect(JSON.parse(eventText(moved, viewOf(seatOf('duty'), { region: '990101' }))!)).toMatchObject({ id: 'a', gone: true })
  expect(JSON.parse(eventText(moved, viewOf(seatOf('duty'), { region: '990202' }))!)).toMatchObject({ id: 'a', feature: whole })
})
