import type { Fix, FixOwner, JudgedWith, KnownFix } from '../../server/positions/judge-fix.ts'
import { describe, expect, it } from 'vitest'
import { defaultFixSettings } from '../../server/positions/fix-settings.ts'
import { judgeFix } from '../../server/positions/judge-fix.ts'

const now = Date.parse('2026-11-24T10:00:00+08:00')
const owner: FixOwner = {
  duty: 'on',
  dutyUntil: null,
  dismissed: false,
  consented: true,
  box: [116.9, 36.6, 117.1, 36.7],
}
const fix: Fix = {
  officer: 'w1',
  lng: 117,
  lat: 36.65,
  seenAt: now,
  accuracy: 8,
  device: 'a',
}
/** Metres north of where he stood, so many seconds before. */
function before(seconds: number, metres = 0, said: Partial<KnownFix> = {}): KnownFix {
  return {
    ...fix,
    seenAt: now - seconds * 1000,
    lat: fix.lat + metres / 111_320,
    ...said,
  }
}
function judged(said: Partial<Fix> = {}, given: Partial<JudgedWith> = {}) {
  return judgeFix({
    ...fix,
    ...said,
  }, {
    owner,
    known: null,
    suspicion: null,
    now,
    settings: defaultFixSettings,
    ...given,
  })
}
function ofOwner(said: Partial<FixOwner>) {
  return {
    owner: {
      ...owner,
      ...said,
    },
  }
}

it('a fix of somebody on duty who has agreed is taken', () => {
  expect(judged()).toEqual({ taken: true })
})

describe('whose it is', () => {
  it.each([
    [
      'unknown-officer',
      { owner: null },
    ],
    [
      'dismissed',
      ofOwner({ dismissed: true }),
    ],
    [
      'off-duty',
      ofOwner({ duty: 'off' }),
    ],
    [
      'off-duty',
      ofOwner({ dutyUntil: now }),
    ],
    [
      'no-consent',
      ofOwner({ consented: false }),
    ],
  ])('%s is refused', (reason, given) => {
    expect(judged({}, given)).toMatchObject({ refused: reason, path: 'officer' })
  })
})

describe('when and where it is', () => {
  it('from the future is refused, half a minute is a clock that runs ahead', () => {
    expect(judged({ seenAt: now + 30_000 })).toEqual({ taken: true })
    expect(judged({ seenAt: now + 31_000 })).toMatchObject({ refused: 'future', path: 'at' })
    expect(judged({ seenAt: now + 365 * 86_400_000 })).toMatchObject({
      message: expect.stringContaining('8760 h'),
    })
  })

  it('older than a quarter of an hour is refused', () => {
    expect(judged({ seenAt: now - 900_000 })).toEqual({ taken: true })
    expect(judged({ seenAt: now - 901_000 })).toMatchObject({ refused: 'too-old', path: 'at' })
  })

  it('in another city is refused; across the border of the subdistrict is not', () => {
    expect(judged({ lng: 121.47, lat: 31.23 })).toMatchObject({ refused: 'elsewhere', path: 'lng' })
    expect(judged({ lng: 0, lat: 0 })).toMatchObject({ refused: 'elsewhere' })
    expect(judged({ lat: 36.74 })).toEqual({ taken: true })
    expect(judged({ lng: 121.47, lat: 31.23 }, ofOwner({ box: null }))).toEqual({ taken: true })
  })

  it('off by more than 500 m is refused', () => {
    expect(judged({ accuracy: 501 })).toMatchObject({ refused: 'inaccurate', path: 'accuracy' })
    expect(judged({ accuracy: null })).toEqual({ taken: true })
  })
})

describe('after another fix', () => {
  it('the same twice is one, and an older one does not win', () => {
    expect(judged({}, {
      known: before(0),
    })).toEqual({ known: true })
    expect(judged({ seenAt: now - 5000 }, {
      known: before(0),
    })).toMatchObject({ refused: 'older' })
  })

  it('much worse than one of a moment ago is refused, later it is better than nothing', () => {
    expect(judged({ accuracy: 200 }, {
      known: before(5),
    })).toMatchObject({ refused: 'worse', path: 'accuracy' })
    expect(judged({ accuracy: 200 }, {
      known: before(40),
    })).toEqual({ taken: true })
    expect(judged({ accuracy: 45 }, {
      known: before(5),
    })).toEqual({ taken: true })
  })

  it('faster than 120 km/h is a jump; what both are off by is given', () => {
    expect(judged({}, {
      known: before(5, 150),
    })).toEqual({ taken: true })
    expect(judged({}, {
      known: before(5, 250),
    })).toMatchObject({
      refused: 'jump',
      path: 'lng',
      message: expect.stringMatching(/250 m .* 180 km\/h/),
    })
    expect(judged({ accuracy: 100 }, {
      known: before(40, 1400, { accuracy: 60 }),
    })).toEqual({ taken: true })
  })

  it('three in a row that agree with each other are believed: the first was the wrong one', () => {
    const known = before(10, 5000)
    const first = judged({ seenAt: now - 8000 }, { known })
    expect(first).toMatchObject({
      refused: 'jump',
      suspicion: { times: 1 },
    })
    const second = judged({ seenAt: now - 4000 }, { known, suspicion: (first as { suspicion: JudgedWith['suspicion'] }).suspicion })
    expect(second).toMatchObject({
      refused: 'jump',
      suspicion: { times: 2 },
    })
    expect(judged({}, { known, suspicion: (second as { suspicion: JudgedWith['suspicion'] }).suspicion })).toEqual({ taken: true })
    // Somewhere else again is not agreement.
    expect(judged({ lat: 36.69 }, {
      known: before(10, -5000),
      suspicion: {
        fix: before(4),
        times: 2,
      },
    })).toMatchObject({
      refused: 'jump',
      suspicion: { times: 1 },
    })
  })
})

describe('two devices of one officer', () => {
  it('the one that spoke last keeps him until it has been silent for two minutes', () => {
    expect(judged({ device: 'b' }, {
      known: before(119),
    })).toMatchObject({ refused: 'other-device' })
    expect(judged({ device: 'b' }, {
      known: before(121),
    })).toEqual({ taken: true })
    expect(judged({ device: 'b', seenAt: now - 200_000 }, {
      known: before(150),
    })).toMatchObject({ refused: 'older' })
  })

  it('the place of one is no evidence against the other', () => {
    expect(judged({ device: 'b' }, {
      known: before(130, 9000),
    })).toEqual({ taken: true })
  })
})
