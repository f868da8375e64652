import type { LngLat } from '#contract/geometry.ts'
import type { CandidateParcel, PlanChange } from '#contract/plan.ts'
import type { PlanPicture } from '#coverage/plan/plan-report.ts'
import type { PlanGround } from './plan-ground.ts'
import type { Picture } from './report-blocks.ts'
import { segmentMetres } from '#coverage/local-metres.ts'
import { palettes, signFonts } from '../../map/palette.ts'

export interface MapWords {
  reach: string
  missed: string
  open: string
  closed: string
  added: string
  parcel: string
  chosen: string
  metres: string
}

/** What of a plan is drawn: its changes, and the parcels that it may build on with those that siting chose. */
export interface DrawnPlan {
  changes: readonly PlanChange[]
  candidates?: readonly CandidateParcel[] | undefined
  chosen?: ReadonlySet<string>
}

/** Pixels across: 200 a printed inch */
const width = 1400
const margin = 36
const { cover, gap, accent, text, textSoft, stage } = palettes.light

/**
 * A plan on white paper, from the same data as the map on the screen: streets, water and houses, reach, each house that is missed (the
 * larger the more people), facilities, what the plan changes and the parcels that it may build on.
 */
export async function drawPlanMap(ground: PlanGround, { facilities, missed, reach }: PlanPicture, { changes, candidates = [], chosen = new Set() }: DrawnPlan, words: MapWords): Promise<Picture> {
  const places = ground.communities.flatMap(({ rings }) => rings.flat()).concat(ground.communities.length === 0
    ? ground.streets.flatMap(({ path }) => path)
    : [])
  const [west, east] = extent(places.map(([lng]) => lng))
  const [south, north] = extent(places.map(([, lat]) => lat))
  const perLat = (width - 2 * margin) / (east - west) / Math.cos((south + north) / 2 * Math.PI / 180)
  const perLng = (width - 2 * margin) / (east - west)
  const legend = 64
  const height = Math.round((north - south) * perLat + 2 * margin + legend)
  const canvas = new OffscreenCanvas(width, height)
  const pen = canvas.getContext('2d')!
  const at = ([lng, lat]: LngLat): [number, number] => [margin + (lng - west) * perLng, margin + (north - lat) * perLat]
  function trace(paths: readonly LngLat[][]): void {
    pen.beginPath()
    for (const path of paths) {
      path.forEach((place, i) => i === 0
        ? pen.moveTo(...at(place))
        : pen.lineTo(...at(place)))
    }
  }
  function label(what: string, x: number, y: number, size: number, colour: string): void {
    pen.font = `500 ${size}px ${signFonts}`
    pen.lineWidth = 4
    pen.lineJoin = 'round'
    pen.strokeStyle = '#FFFFFF'
    pen.strokeText(what, x, y)
    pen.fillStyle = colour
    pen.fillText(what, x, y)
  }

  pen.fillStyle = '#FFFFFF'
  pen.fillRect(0, 0, width, height)
  pen.save()
  pen.beginPath()
  pen.rect(0, 0, width, height - legend)
  pen.clip()
  for (const { geometry } of reach) {
    trace(ringsOf(geometry as { type: string, coordinates: LngLat[][] | LngLat[][][] }))
    pen.fillStyle = `${cover}30`
    pen.fill('evenodd')
    pen.strokeStyle = `${cover}90`
    pen.lineWidth = 1.5
    pen.stroke()
  }
  for (const rings of ground.waters) {
    trace(rings)
    pen.fillStyle = '#CFE3EF'
    pen.fill('evenodd')
  }
  trace(ground.houses)
  pen.fillStyle = '#E2E6E8'
  pen.fill()
  for (const isMain of [false, true]) {
    trace(ground.streets.filter(street => street.isMain === isMain).map(({ path }) => path))
    pen.strokeStyle = isMain
      ? '#9AA8B1'
      : '#C9D2D8'
    pen.lineWidth = isMain
      ? 3
      : 1
    pen.stroke()
  }
  trace(ground.rails)
  pen.strokeStyle = '#7A868E'
  pen.lineWidth = 2
  pen.setLineDash([10, 6])
  pen.stroke()
  pen.setLineDash([])
  trace(ground.communities.flatMap(({ rings }) => rings))
  pen.strokeStyle = textSoft
  pen.lineWidth = 2
  pen.stroke()
  for (const { geometry, properties } of missed) {
    const [x, y] = at((geometry as { coordinates: LngLat }).coordinates)
    pen.beginPath()
    pen.arc(x, y, radiusOf(properties.people as number), 0, 2 * Math.PI)
    pen.fillStyle = `${gap}B0`
    pen.fill()
  }
  for (const change of changes) {
    if (change.do === 'bridge') {
      trace([
        [change.from, change.to],
      ])
      pen.strokeStyle = accent
      pen.lineWidth = 6
      pen.stroke()
    }
  }
  for (const { id, lng, lat, outline } of candidates) {
    if (outline) {
      trace(ringsOf(outline as { type: string, coordinates: LngLat[][] | LngLat[][][] }))
      pen.strokeStyle = accent
      pen.lineWidth = 2
      pen.stroke()
    }
    parcel(pen, ...at([lng, lat]), chosen.has(id))
  }
  pen.textAlign = 'center'
  const labelled: [x: number, y: number, half: number][] = []
  for (const { name, rings } of ground.communities) {
    const [x, y] = at(middleOf(rings[0] ?? []))
    labelled.push([x, y, name.length * 22 / 2])
    label(name, x, y, 22, textSoft)
  }
  const touched = new Set(changes.flatMap(change => 'facility' in change
    ? change.facility
    : []))
  for (const facility of facilities) {
    const [x, y] = at([facility.lng, facility.lat])
    sign(pen, x, y, colourOf(facility.open, touched.has(facility.id)))
    // Below its sign, or above; where names would lie on each other the first one stays: all of them are in the table.
    const half = facility.name.length * 17 / 2
    const line = [y + 32, y - 20].find(line => labelled.every(([otherX, otherY, otherHalf]) => Math.abs(otherY - line) > 22 || Math.abs(otherX - x) > half + otherHalf))
    if (line !== undefined) {
      labelled.push([x, line, half])
      label(facility.name, x, line, 17, text)
    }
  }
  pen.restore()

  pen.textAlign = 'left'
  let x = margin
  const base = height - 20
  const key = (what: string, draw: (x: number, y: number) => void) => {
    draw(x + 12, base - 7)
    pen.font = `500 19px ${signFonts}`
    pen.fillStyle = text
    pen.fillText(what, x + 32, base)
    x += 56 + pen.measureText(what).width
  }
  key(words.reach, (x, y) => {
    pen.fillStyle = `${cover}50`
    pen.fillRect(x - 12, y - 9, 24, 18)
    pen.strokeStyle = cover
    pen.lineWidth = 1.5
    pen.strokeRect(x - 12, y - 9, 24, 18)
  })
  key(words.missed, (x, y) => {
    pen.beginPath()
    pen.arc(x, y, 8, 0, 2 * Math.PI)
    pen.fillStyle = `${gap}B0`
    pen.fill()
  })
  key(words.open, (x, y) => sign(pen, x, y, colourOf(true, false)))
  key(words.closed, (x, y) => sign(pen, x, y, colourOf(false, false)))
  if (touched.size > 0 || changes.some(change => change.do === 'bridge'))
    key(words.added, (x, y) => sign(pen, x, y, accent))
  if (candidates.length > 0)
    key(words.parcel, (x, y) => parcel(pen, x, y, false))
  if (candidates.some(({ id }) => chosen.has(id)))
    key(words.chosen, (x, y) => parcel(pen, x, y, true))
  const long = 500 / segmentMetres(west, south, east, south) * (width - 2 * margin)
  pen.strokeStyle = text
  pen.lineWidth = 2
  pen.beginPath()
  pen.moveTo(width - margin - long, base - 16)
  pen.lineTo(width - margin - long, base - 8)
  pen.lineTo(width - margin, base - 8)
  pen.lineTo(width - margin, base - 16)
  pen.stroke()
  pen.textAlign = 'right'
  pen.fillText(words.metres, width - margin - 6, base - 16)
  const blob = await canvas.convertToBlob({ type: 'image/png' })
  return {
    png: new Uint8Array(await blob.arrayBuffer()),
    width,
    height,
  }
}

/** Its area grows with the people. */
function radiusOf(people: number): number {
  return Math.min(16, 2.5 + 1.4 * Math.sqrt(people))
}

function colourOf(isOpen: boolean, isTouched: boolean): string {
  return isTouched
    ? accent
    : isOpen
      ? cover
      : stage.done
}

/** A house, as on the screen. */
function sign(pen: OffscreenCanvasRenderingContext2D, x: number, y: number, colour: string): void {
  pen.beginPath()
  pen.moveTo(x, y - 13)
  pen.lineTo(x + 12, y - 3)
  pen.lineTo(x + 8, y + 11)
  pen.lineTo(x - 8, y + 11)
  pen.lineTo(x - 12, y - 3)
  pen.closePath()
  pen.fillStyle = colour
  pen.fill()
  pen.strokeStyle = '#FFFFFF'
  pen.lineWidth = 2
  pen.stroke()
}

/** A square: empty, or filled where siting chose it. */
function parcel(pen: OffscreenCanvasRenderingContext2D, x: number, y: number, isChosen: boolean): void {
  pen.beginPath()
  pen.rect(x - 8, y - 8, 16, 16)
  pen.fillStyle = isChosen
    ? accent
    : '#FFFFFF'
  pen.fill()
  pen.strokeStyle = accent
  pen.lineWidth = 3
  pen.stroke()
}

function ringsOf({ type, coordinates }: { type: string, coordinates: LngLat[][] | LngLat[][][] }): LngLat[][] {
  return type === 'MultiPolygon'
    ? (coordinates as LngLat[][][]).flat()
    : coordinates as LngLat[][]
}

function extent(values: number[]): [number, number] {
  let [least, most] = [Infinity, -Infinity]
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return [least, most]
}

function middleOf(ring: LngLat[]): LngLat {
  const [west, east] = extent(ring.map(([lng]) => lng))
  const [south, north] = extent(ring.map(([, lat]) => lat))
  return [(west + east) / 2, (south + north) / 2]
}
