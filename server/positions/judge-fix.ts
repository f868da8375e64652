import type { FixRefusal } from '#contract/positions.ts'
import type { Box } from '../../db/queries/network.ts'
import type { FixSettings } from './fix-settings.ts'

/** Where an officer was, as one of his devices says. */
export interface Fix {
  /** officers.id */
  officer: string
  lng: number
  lat: number
  /** milliseconds since 1970-01-01 UTC */
  seenAt: number
  /** metres; null = not told */
  accuracy: number | null
  /** which of his devices */
  device: string
}

/** Of the walkers of the demo. */
export const demoDevice = 'demo'

/** The officer, as far as a fix of his is concerned. */
export interface FixOwner {
  duty: 'on' | 'off'
  /** end of the shift, ms; null = until somebody says so */
  dutyUntil: number | null
  dismissed: boolean
  consented: boolean
  /** west, south, east, north of his subdistrict; null = its limits are not known */
  box: Box | null
}

export type KnownFix = Omit<Fix, 'officer'>

/** Fixes that would have been a jump and agree with each other. */
export interface Suspicion { fix: KnownFix, times: number }

export type Judgement
  = | { taken: true }
    | { known: true }
    | { refused: FixRefusal, path: string, message: string, suspicion?: Suspicion }

export interface JudgedWith {
  owner: FixOwner | null
  /** the officer's latest that was taken */
  known: KnownFix | null
  suspicion: Suspicion | null
  /** ms */
  now: number
  settings: FixSettings
}

/**
 * Whether a fix is believed. Pure. One device at a time speaks for an officer: the one that was taken last, until it has been silent
 * for two minutes; so a phone at home and a tracker on the belt do not pull him to and fro.
 */
export function judgeFix(fix: Fix, { owner, known, suspicion, now, settings }: JudgedWith): Judgement {
  const refused = (reason: FixRefusal, path: string, message: string) => ({ refused: reason, path, message })
  if (!owner)
    return refused('unknown-officer', 'officer', 'there is no such officer')
  if (owner.dismissed)
    return refused('dismissed', 'officer', 'his account is barred')
  if (owner.duty !== 'on' || (owner.dutyUntil !== null && now >= owner.dutyUntil))
    return refused('off-duty', 'officer', 'he is not on duty; nothing is kept')
  if (!owner.consented && fix.device !== demoDevice)
    return refused('no-consent', 'officer', 'he has not agreed to be seen')

  const aheadSeconds = (fix.seenAt - now) / 1000
  if (aheadSeconds > settings.aheadSeconds)
    return refused('future', 'at', `is ${lasting(aheadSeconds)} in the future: is the clock right?`)
  if (-aheadSeconds > settings.oldestMinutes * 60)
    return refused('too-old', 'at', `is ${lasting(-aheadSeconds)} old; ${settings.oldestMinutes} min at most`)
  if (owner.box && !isNear(fix, owner.box, settings.marginMetres))
    return refused('elsewhere', 'lng', 'is outside the district')
  if (fix.accuracy !== null && fix.accuracy > settings.worstMetres)
    return refused('inaccurate', 'accuracy', `is off by up to ${Math.round(fix.accuracy)} m; ${settings.worstMetres} m at most`)
  if (!known)
    return { taken: true }

  if (fix.device !== known.device) {
    const silentSeconds = Math.max(0, (now - known.seenAt) / 1000)
    if (silentSeconds < settings.deviceSeconds)
      return refused('other-device', 'officer', `another device of his spoke ${lasting(silentSeconds)} ago`)
  }
  if (fix.seenAt === known.seenAt)
    return { known: true }
  if (fix.seenAt < known.seenAt)
    return refused('older', 'at', 'a newer position is known')
  if (fix.device !== known.device)
    return { taken: true }

  const seconds = (fix.seenAt - known.seenAt) / 1000
  if (fix.accuracy !== null && known.accuracy !== null && fix.accuracy > settings.goodMetres
    && fix.accuracy > 3 * known.accuracy && seconds < settings.betterSeconds) {
    return refused('worse', 'accuracy', `is off by up to ${Math.round(fix.accuracy)} m, and one of ${Math.round(known.accuracy)} m is ${lasting(seconds)} old`)
  }
  if (isPossible(known, fix, settings.fastest))
    return { taken: true }
  const times = suspicion && fix.seenAt > suspicion.fix.seenAt && isPossible(suspicion.fix, fix, settings.fastest)
    ? suspicion.times + 1
    : 1
  if (times >= settings.jumpsBelieved)
    return { taken: true }
  const metres = metresBetween(known, fix)
  return {
    ...refused('jump', 'lng', `is ${Math.round(metres)} m from where he was ${lasting(seconds)} before, ${Math.round(metres / seconds * 3.6)} km/h`),
    suspicion: { fix, times },
  }
}

/** What both are off by is given. */
function isPossible(from: KnownFix, to: KnownFix, fastest: number): boolean {
  const seconds = Math.abs(to.seenAt - from.seenAt) / 1000
  return metresBetween(from, to) - (from.accuracy ?? 0) - (to.accuracy ?? 0) <= fastest * Math.max(1, seconds)
}

interface Place { lng: number, lat: number }
const metresADegree = 111_320

/** Short distances; 0.5 % off at 50 km. */
export function metresBetween(a: Place, b: Place): number {
  const east = (b.lng - a.lng) * metresADegree * Math.cos((a.lat + b.lat) / 2 * Math.PI / 180)
  const north = (b.lat - a.lat) * metresADegree
  return Math.hypot(east, north)
}

function isNear({ lng, lat }: Place, [west, south, east, north]: Box, margin: number): boolean {
  const up = margin / metresADegree
  const across = up / Math.cos(lat * Math.PI / 180)
  return lng >= west - across && lng <= east + across && lat >= south - up && lat <= north + up
}

/** 95 → '95 s', 600 → '10 min', 90000 → '25 h' */
function lasting(seconds: number): string {
  if (seconds < 120)
    return `${Math.round(seconds)} s`
  return seconds < 7200
    ? `${Math.round(seconds / 60)} min`
    : `${Math.round(seconds / 3600)} h`
}
