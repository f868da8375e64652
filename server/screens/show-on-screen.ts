import type { z } from 'zod'
import type { ScreenShow, ScreenShowInput, ShownScreen } from '#contract/screen.ts'
import type { Sql } from '../../db/connect.ts'
import { casesOfIds } from '../../db/queries/cases.ts'
import { endScreenShow, findShownScreen, putScreenShow } from '../../db/queries/screen-shows.ts'
import { pastMonths } from '../renovation/months-of-zones.ts'
import { tellScreen } from './tell-screen.ts'

/** What happens where somebody else's show runs, `running`: nothing, until it is named to be shown over. */
export type ShowOutcome = { screen: ShownScreen } | { refused: 'not-found' | 'no-case' | 'no-zones' | 'no-month' } | { refused: 'running', running: ScreenShow }

/**
 * Sends a scene, a part of the map or a case to a wall for some minutes. Two officers cannot fight over a wall: what another has
 * sent stays until its time is over, unless the later one names it in `over`, as one does who has been asked.
 */
export async function showOnScreen(sql: Sql, screen: string, input: z.output<typeof ScreenShowInput>, by: ScreenShow['by'], now: Date): Promise<ShowOutcome> {
  const { minutes, ...show } = input
  return await sql.begin(async (tx): Promise<ShowOutcome> => {
    const before = await findShownScreen(tx, screen)
    if (!before)
      return { refused: 'not-found' }
    if (show.zones && show.scene !== 'renovation')
      return { refused: 'no-zones' }
    if (show.zones?.month && !pastMonths(now).includes(show.zones.month))
      return { refused: 'no-month' }
    if (show.caseId !== null && !(await casesOfIds(tx, [show.caseId])).has(show.caseId))
      return { refused: 'no-case' }
    const done = await putScreenShow(tx, {
      ...show,
      screen,
      by,
      at: now,
      until: new Date(now.getTime() + minutes * 60_000),
    })
    const after = await findShownScreen(tx, screen)
    if (!done)
      return { refused: 'running', running: after!.show! }
    await tellScreen(tx, screen, 'shown')
    return { screen: after! }
  })
}

/** Ends the show `over` before its time; the wall returns to its scenes at once. `running`: it is another one by now. */
export async function takeBackShow(sql: Sql, screen: string, over: string): Promise<ShowOutcome> {
  return await sql.begin(async (tx): Promise<ShowOutcome> => {
    const ended = await endScreenShow(tx, screen, over)
    const after = await findShownScreen(tx, screen)
    if (!after)
      return { refused: 'not-found' }
    if (ended)
      await tellScreen(tx, screen, 'returned')
    else if (after.show)
      return { refused: 'running', running: after.show }
    return { screen: after }
  })
}
