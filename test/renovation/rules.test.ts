import type { LeftoverAction, PropertyStep, PropertyStepInput, ZoneStage } from '#contract/renovation.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LeftoverAction as LeftoverActions, PropertyStepName } from '#contract/renovation.ts'
import { faultOfArea, namedArea } from '../../server/renovation/area-faults.ts'
import { callPeriods, sumPeriods } from '../../server/renovation/call-periods.ts'
import { cutArea, joinAreas } from '../../server/renovation/cut-area.ts'
import { leftoverTransitions, refusalOf, workedByAfter } from '../../server/renovation/leftover-actions.ts'
import { openAt, stageAt } from '../../server/renovation/months-of-zones.ts'
import { faultsOfConsents, faultsOfFacts, faultsOfFunds } from '../../server/renovation/part-faults.ts'
import { faultsOfStep, ladderOf } from '../../server/property/property-ladder.ts'
import { faultsOfStages } from '../../server/renovation/stage-faults.ts'
import { warrantyDaysLeft, warrantyNotice } from '../../server/renovation/warranty.ts'
import { squareMetres } from '../../server/places/polygon.ts'
import { square } from '../world/regions.ts'
import { ladderStep, noFacts, taken } from '../world/renovation.ts'

const today = '2026-11-24'

describe('the stages of a zone', () => {
  const stage = (name: ZoneStage['stage'], planStart: string | null, planEnd: string | null, realStart: string | null = null, realEnd: string | null = null): ZoneStage => ({
    stage: name,
    planStart,
    planEnd,
    realStart,
    realEnd,
  })
  const paths = (current: ZoneStage['stage'], ...stages: ZoneStage[]) => faultsOfStages(current, stages, today).map(({ path }) => path)

  it('one after the other are in order, also when they overlap', () => {
    expect(paths('construction', stage('survey', '2026-01-01', '2026-02-01', '2026-01-03', '2026-02-10'), stage('tender', '2026-01-20', '2026-03-01', '2026-02-01', '2026-03-01'), stage('construction', '2026-03-05', '2026-12-20', '2026-03-09'))).toEqual([])
  })

  it.each([
    [
      'a planned end before its start',
      [
        stage('survey', '2026-03-01', '2026-02-01'),
      ],
      'stages.0.planEnd',
    ],
    [
      'a real end before its start',
      [
        stage('survey', null, null, '2026-03-01', '2026-02-01'),
      ],
      'stages.0.realEnd',
    ],
    [
      'an end of what never began',
      [
        stage('survey', null, null, null, '2026-02-01'),
      ],
      'stages.0.realStart',
    ],
    [
      'a real date that is still to come',
      [
        stage('survey', null, null, '2026-11-25'),
      ],
      'stages.0.realStart',
    ],
    [
      'a stage that began before the one that comes first',
      [
        stage('tender', null, null, '2026-01-01'),
        stage('survey', null, null, '2026-02-01'),
      ],
      'stages.0.realStart',
    ],
    [
      'a stage planned before the one that comes first',
      [
        stage('survey', '2026-05-01', null),
        stage('tender', '2026-04-01', null),
      ],
      'stages.1.planStart',
    ],
    [
      'a stage twice',
      [
        stage('survey', null, null),
        stage('survey', null, null),
      ],
      'stages.1.stage',
    ],
    [
      'the end of a stage that the zone has not reached',
      [
        stage('handover', null, null, '2026-01-01', '2026-02-01'),
      ],
      'stages.0.realEnd',
    ],
  ] as [string, ZoneStage[], string][])('%s is said at its field', (_, stages, path) => {
    expect(paths('construction', ...stages)).toEqual([path])
  })
})

it('a zone stood at the last stage that had begun by then', () => {
  const begun = (stage: ZoneStage['stage'], realStart: string | null): ZoneStage => ({
    stage,
    planStart: null,
    planEnd: null,
    realStart,
    realEnd: null,
  })
  const stages = [
    begun('survey', '2026-01-10'),
    begun('tender', null),
    begun('construction', '2026-03-31'),
  ]
  expect([
    '2025-12-31',
    '2026-01-31',
    '2026-02-31',
    '2026-03-31',
  ].map(day => stageAt(stages, day))).toEqual([
    null,
    'survey',
    'survey',
    'construction',
  ])
})

it('leftover issues of a month are those on the account at its end', () => {
  const spans = [
    { openedOn: '2026-02-03', closedOn: '2026-03-20' },
    { openedOn: '2026-03-31', closedOn: null },
  ]
  expect(['2026-01', '2026-02', '2026-03'].map(month => openAt(spans, `${month}-31`))).toEqual([0, 1, 1])
})

describe('sums and shares', () => {
  it('over 100 % consent, a house twice and more paid than granted are said at the row', () => {
    expect(faultsOfConsents([
      { building: '1号楼', households: 40, agreed: 41 },
      { building: '1号楼', households: 40, agreed: 40 },
    ]).map(({ path }) => path)).toEqual(['consents.0.agreed', 'consents.1.building'])
    expect(faultsOfFunds([
      {
        source: 'city',
        yuan: 10,
        paidYuan: 11,
        note: null,
      },
    ]).map(({ path }) => path)).toEqual(['funds.0.paidYuan'])
  })

  it('a warranty that ends before the works, and a new compound, are refused', () => {
    expect(faultsOfFacts({ ...noFacts, warrantyEnd: '2026-01-01', builtYear: 2019 }, '2026-02-01').map(({ path }) => path)).toEqual(['facts.builtYear', 'facts.warrantyEnd'])
    expect(faultsOfFacts({ ...noFacts, warrantyEnd: '2028-02-01', builtYear: 1988 }, '2026-02-01')).toEqual([])
  })
})

describe('a leftover issue', () => {
  const duty = (id: string) => ({ id, role: 'duty' as const })

  it('never leaves the account by one person alone, whatever is tried in whatever order', () => {
    const people = ['a', 'b', 'c']
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...LeftoverActions.options), fc.constantFrom(...people)), { maxLength: 30 }), (tries) => {
      let state: (typeof leftoverTransitions)[LeftoverAction]['to'] = 'open'
      let workedBy: string[] = []
      let provedBy: string | null = null
      for (const [action, id] of tries) {
        if (refusalOf(action, { state, workedBy }, duty(id)) !== null)
          continue
        if (action === 'propose')
          provedBy = id
        if (action === 'confirm')
          expect(id).not.toBe(provedBy)
        if (action === 'reopen')
          provedBy = null
        workedBy = workedByAfter(action, workedBy, id)
        state = leftoverTransitions[action].to
        if (state === 'closed')
          expect(provedBy).not.toBeNull()
      }
    }))
  })

  it('is checked by an inspector, who does not work on it', () => {
    const proposed = {
      state: 'proposed' as const,
      workedBy: ['a'],
    }
    expect(refusalOf('confirm', proposed, { id: 'i', role: 'inspector' })).toBeNull()
    expect(refusalOf('propose', { state: 'open', workedBy: [] }, { id: 'i', role: 'inspector' })).toContain('inspector')
    expect(refusalOf('confirm', proposed, duty('a'))).toContain('two keys')
  })
})

describe('the ladder against a property company', () => {
  const said = {
    today,
    callsFromHere: new Set(['c1']),
  }
  const paths = (before: PropertyStep[], input: PropertyStepInput) => faultsOfStep(before, input, said).map(({ path }) => path)

  it('goes up step by step, and no step is left out without a reason', () => {
    expect(paths([], ladderStep('feedback'))).toEqual([])
    expect(paths([], ladderStep('interview'))).toEqual(['step.skipReason'])
    expect(paths([], ladderStep('replace', { skipReason: '公司已撤场' }))).toEqual([])
    expect(paths([
      taken(ladderStep('feedback')),
    ], ladderStep('rectify'))).toEqual(['step.skipReason'])
    expect(paths([
      taken(ladderStep('rectify')),
    ], ladderStep('feedback'))).toEqual(['step.step'])
    expect(paths([], ladderStep('feedback', { skipReason: '没有跳过' }))).toEqual(['step.skipReason'])
  })

  it('rests on calls of the zone, and on days in their order', () => {
    expect(paths([], ladderStep('feedback', { cases: [] }))).toEqual(['step.cases'])
    expect(paths([], ladderStep('feedback', {
      cases: ['c1', 'other'],
    }))).toEqual(['step.cases.1'])
    expect(paths([], ladderStep('feedback', { on: '2026-11-25' }))).toEqual(['step.on'])
    expect(paths([
      taken(ladderStep('feedback', { on: '2026-11-10' })),
    ], ladderStep('interview', { on: '2026-11-09' }))).toEqual(['step.on'])
    expect(paths([], ladderStep('feedback', { dueOn: '2026-10-31' }))).toEqual(['step.dueOn'])
  })

  it('begins at its foot again once a step has helped', () => {
    const helped = [
      taken(ladderStep('interview'), { outcome: 'improved', outcomeOn: '2026-11-05' }),
    ]
    expect(paths(helped, ladderStep('rectify', { on: '2026-11-06' }))).toEqual(['step.skipReason'])
    expect(paths(helped, ladderStep('feedback', { on: '2026-11-06' }))).toEqual([])
    expect(ladderOf('示范物业', helped, today)).toMatchObject({ stands: null, next: null })
  })

  it('knows what is next and by when', () => {
    expect(ladderOf('示范物业', [
      taken(ladderStep('interview', { dueOn: '2026-11-20' })),
    ], today)).toMatchObject({
      stands: 'interview',
      next: { step: 'rectify', dueOn: '2026-11-20', overdueDays: 4 },
    })
    expect(ladderOf('示范物业', [
      taken(ladderStep('replace')),
    ], today)).toMatchObject({ stands: 'replace', next: null })
  })

  it('that was taken without reasons never has a gap, whatever is tried', () => {
    const ladder = PropertyStepName.options
    fc.assert(fc.property(fc.array(fc.tuple(fc.constantFrom(...ladder), fc.boolean()), { maxLength: 20 }), (tries) => {
      const steps: PropertyStep[] = []
      let stands = -1
      for (const [step, helped] of tries) {
        const input = ladderStep(step)
        if (faultsOfStep(steps, input, said).length > 0)
          continue
        expect(ladder.indexOf(step) - stands).toBeLessThanOrEqual(1)
        stands = helped || step === 'replace'
          ? -1
          : ladder.indexOf(step)
        steps.push(taken(input, helped
          ? { outcome: 'improved', outcomeOn: input.on }
          : {}))
      }
    }))
  })
})

describe('the clock of a warranty', () => {
  it.each([
    ['2027-02-23', null],
    ['2027-02-22', 90],
    ['2026-12-25', 90],
    ['2026-12-24', 30],
    ['2026-12-02', 30],
    ['2026-12-01', 7],
    ['2026-11-24', 7],
    ['2026-11-23', null],
  ])('that ends on %s says %s on 2026-11-24', (end, notice) => {
    expect(warrantyNotice(end, today)).toBe(notice)
  })

  it('makes a defect the contractor\'s between the end of the works and its own', () => {
    const zone = { realEnd: '2025-01-10', warrantyEnd: '2027-01-10' }
    expect(warrantyDaysLeft({ kind: 'renovation', reportedOn: '2027-01-01' }, zone)).toBe(9)
    expect(warrantyDaysLeft({ kind: 'renovation', reportedOn: '2027-01-10' }, zone)).toBe(0)
    expect(warrantyDaysLeft({ kind: 'renovation', reportedOn: '2027-01-11' }, zone)).toBeNull()
    expect(warrantyDaysLeft({ kind: 'renovation', reportedOn: '2025-01-09' }, zone)).toBeNull()
    expect(warrantyDaysLeft({ kind: 'noise', reportedOn: '2026-01-01' }, zone)).toBeNull()
  })
})

describe('calls before, during and after the works', () => {
  const works = { realStart: '2026-03-01', realEnd: '2026-08-31' }
  const span = { since: '2026-01-01', today }

  it('count the first and the last day of the works as during', () => {
    const calls = [
      '2026-02-28',
      '2026-03-01',
      '2026-08-31',
      '2026-09-01',
      '2026-09-02',
    ].map(day => ({ kind: 'renovation' as const, day, calls: 1 }))
    const found = callPeriods(calls, works, span)
    expect(found.kinds).toEqual([
      {
        kind: 'renovation',
        before: 1,
        during: 2,
        after: 2,
      },
    ])
    expect(found.days).toEqual({ before: 59, during: 184, after: 85 })
    expect(found.months.at(-1)).toEqual({ month: '2026-11', calls: 0 })
    expect(found.months.find(({ month }) => month === '2026-09')!.calls).toBe(2)
  })

  it('are all before where nothing has begun, and the days are those of which calls are known', () => {
    expect(callPeriods([
      { kind: 'property', day: '2026-05-01', calls: 3 },
    ], { realStart: null, realEnd: null }, { since: '2026-11-20', today })).toMatchObject({
      days: { before: 5, during: 0, after: 0 },
      kinds: [
        { kind: 'property', before: 3 },
      ],
    })
    expect(callPeriods([], works, { since: null, today }).days).toEqual({ before: 0, during: 0, after: 0 })
  })

  it('over several zones are added up with their days', () => {
    const one = callPeriods([
      { kind: 'property', day: '2026-01-02', calls: 2 },
    ], works, span)
    expect(sumPeriods([one, one])).toMatchObject({
      days: { before: 118, during: 368, after: 170 },
      kinds: [
        { kind: 'property', before: 4 },
      ],
    })
  })
})

describe('an outline that is cut', () => {
  const area = square([117, 36.6], 0.002, {}).geometry
  const size = squareMetres(area)

  it('falls in two along the line, the larger first, and is itself again when both are joined', () => {
    const [larger, smaller] = cutArea(area, [
      [117.0005, 36.59],
      [117.0005, 36.58],
    ])!
    expect(squareMetres(larger) / size).toBeCloseTo(0.75, 2)
    expect(squareMetres(smaller) / size).toBeCloseTo(0.25, 2)
    expect(squareMetres(joinAreas(larger, smaller)!) / size).toBeCloseTo(1, 4)
  })

  it('loses nothing whatever the line is, and is not cut by one that misses it', () => {
    const within = fc.double({ min: -0.001, max: 0.003, noNaN: true })
    fc.assert(fc.property(within, within, within, within, (x1, y1, x2, y2) => {
      const cut = cutArea(area, [
        [117 + x1, 36.6 + y1],
        [117 + x2, 36.6 + y2],
      ])
      if (cut)
        expect((squareMetres(cut[0]) + squareMetres(cut[1])) / size).toBeCloseTo(1, 3)
    }))
    expect(cutArea(area, [
      [118, 36],
      [118, 37],
    ])).toBeNull()
  })

  it('is not joined with one that lies apart', () => {
    expect(joinAreas(area, square([117.01, 36.6], 0.002, {}).geometry)).toBeNull()
  })
})

describe('the outline of a zone', () => {
  const area = (lng: number, lat: number, size = 0.002) => square([lng, lat], size, {}).geometry
  const known = [
    namedArea({
      id: 'b',
      name: '乙小区',
      geometry: area(117, 36.6),
    }),
  ]
  const subdistrict = [
    area(116.99, 36.59, 0.03),
  ]

  it('may touch another but not lie over it, and may be drawn anew over itself', () => {
    expect(faultOfArea('a', area(117.002, 36.6), known, subdistrict)).toBeNull()
    expect(faultOfArea('a', area(117.001, 36.6), known, subdistrict)).toContain('乙小区')
    expect(faultOfArea('b', area(117.001, 36.6), known, subdistrict)).toBeNull()
  })

  it('lies in the subdistrict, where one is known', () => {
    expect(faultOfArea('a', area(117.019, 36.6), known, subdistrict)).toContain('outside')
    expect(faultOfArea('a', area(118, 36.6), known, subdistrict)).toContain('outside')
    expect(faultOfArea('a', area(118, 36.6), known, [])).toBeNull()
  })
})
