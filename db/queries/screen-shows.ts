import type { ScreenShow, ShownScreen } from '#contract/screen.ts'
import type { Feature } from '#contract/geometry.ts'
import type { SqlOrTx } from '../connect.ts'

/** The demo's wall on its own machine, which is nobody's account. */
const wallOfThisMachine = { id: 'loopback', name: '本机大屏' }

/** Every wall screen that may come in, with what it was last sent; without geometry. */
export async function listShownScreens(sql: SqlOrTx): Promise<Feature[]> {
  const rows = await readScreens(sql, null)
  return rows.map(screenFeature)
}

export async function findShownScreen(sql: SqlOrTx, id: string): Promise<ShownScreen | null> {
  const [row] = await readScreens(sql, id)
  return row ?? null
}

export function screenFeature(screen: ShownScreen): Feature {
  return {
    type: 'Feature',
    id: screen.id,
    geometry: null,
    properties: screen,
  }
}

interface ScreenRow extends Omit<ScreenShow, 'by' | 'at' | 'until' | 'show'> {
  id: string
  name: string
  show: string | null
  shownBy: string
  shownByName: string
  at: Date
  until: Date
}

async function readScreens(sql: SqlOrTx, id: string | null): Promise<ShownScreen[]> {
  const rows = await sql<ScreenRow[]>`
    select screen.id, screen.name, sent.show, sent.scene, sent.case_id as "caseId", sent.bounds, sent.zones,
      sent.shown_by as "shownBy", sent.shown_by_name as "shownByName", sent.shown_at as at, sent.until
    from (
      select id, name, "createdAt" as since from users where role = 'wall'
      union all
      select ${wallOfThisMachine.id}, ${wallOfThisMachine.name}, null where exists (select from meta where key = 'demo')
    ) as screen
    left join screen_shows as sent on sent.screen = screen.id
    where ${id}::text is null or screen.id = ${id}
    order by screen.since nulls first, screen.id`
  return rows.map(({ id, name, show, scene, caseId, bounds, zones, shownBy, shownByName, at, until }) => ({
    id,
    name,
    show: show === null
      ? null
      : {
          show,
          scene,
          caseId,
          bounds,
          zones,
          by: { id: shownBy, name: shownByName },
          at: at.toISOString(),
          until: until.toISOString(),
        },
  }))
}

/** Sends something to a screen unless somebody else's show runs there that is not `over`. False: it is. One statement, so of two at once one is told. */
export async function putScreenShow(tx: SqlOrTx, { screen, scene, caseId, bounds, zones, by, at, until, over }: Omit<ScreenShow, 'show' | 'at' | 'until'> & {
  screen: string
  at: Date
  until: Date
  over: string | null
}): Promise<boolean> {
  const rows = await tx`
    insert into screen_shows as known (screen, scene, case_id, bounds, zones, shown_by, shown_by_name, shown_at, until)
    values (${screen}, ${scene}, ${caseId}, ${bounds}, ${zones === null
      ? null
      : JSON.stringify(zones)}::text::jsonb, ${by.id}, ${by.name}, ${at}, ${until})
    on conflict (screen) do update set
      show = gen_random_uuid(), scene = excluded.scene, case_id = excluded.case_id, bounds = excluded.bounds, zones = excluded.zones, shown_by = excluded.shown_by,
      shown_by_name = excluded.shown_by_name, shown_at = excluded.shown_at, until = excluded.until
    where known.until <= ${at} or known.shown_by = ${by.id} or known.show = ${over}::uuid
    returning 1`
  return rows.length === 1
}

/** Ends what a screen shows, if it is this. False: something else is there by now, or nothing. */
export async function endScreenShow(tx: SqlOrTx, screen: string, show: string): Promise<boolean> {
  const rows = await tx`delete from screen_shows where screen = ${screen} and show = ${show} returning 1`
  return rows.length === 1
}

export async function forgetScreenShow(tx: SqlOrTx, screen: string): Promise<void> {
  await tx`delete from screen_shows where screen = ${screen}`
}
