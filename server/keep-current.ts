import type { StoredEvent } from '../db/queries/events.ts'
import type { CoverageService } from './care/coverage-service.ts'
import type { ArrivalNotice } from './dispatch/notice-arrivals.ts'
import type { Log } from './log.ts'
import type { LoadedPlaces } from './places/locate.ts'
import type { KnownRoster } from './positions/roster.ts'
import { changesPlaces, teachesPlaces } from './places/locate.ts'

/** What a process keeps in memory beside the followers' views, brought up to date by the log: for startLive. */
export function keepCurrent({ places, coverage, roster, arrivals, log }: { places: LoadedPlaces, coverage: CoverageService, roster: KnownRoster, arrivals: ArrivalNotice, log: Log }) {
  const refreshPlaces = () => void places.refresh().catch(error => log.warn({ err: error }, 'places could not be read anew'))
  let isFirst = true
  return {
    onEvents(events: StoredEvent[]) {
      if (events.some(({ type }) => changesPlaces(type)))
        refreshPlaces()
      else if (events.some(({ type }) => teachesPlaces(type)))
        void places.relearn().catch(error => log.warn({ err: error }, 'taught places could not be read anew'))
      if (events.some(({ type }) => /^(?:officer|region)\./.test(type)))
        roster.forget()
      if (events.some(({ type }) => type.startsWith('assignment.')))
        arrivals.forget()
      coverage.onEvents(events)
    },
    /** The database was replaced by another one; the first time it has just been found, and both were read from it. */
    onReset() {
      if (!isFirst) {
        refreshPlaces()
        roster.forget()
        arrivals.forget()
        coverage.onEvents([
          { type: 'basemap.replaced' },
        ])
      }
      isFirst = false
    },
  }
}
