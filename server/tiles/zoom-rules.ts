/* eslint antfu/reasonable-newline: off -- style expressions and coordinates read as lines */
/** First and last zoom of the tiles; the map stretches the last one further. */
export const zooms = { first: 8, last: 16 }

/** The zoom from which a class of street is drawn. Whatever is not named here begins at the last. */
const streetFrom: [zoom: number, classes: string[]][] = [
  [8, ['motorway', 'trunk']],
  [10, ['primary', 'motorway_link', 'trunk_link']],
  [11, ['secondary', 'primary_link']],
  [12, ['tertiary', 'secondary_link', 'tertiary_link']],
  [13, ['residential', 'unclassified', 'living_street', 'road']],
  [14, ['service', 'pedestrian']],
]
const everyClassFrom = 15

/** Classes of street to draw at a zoom; null = all. */
export function streetClasses(zoom: number): string[] | null {
  return zoom >= everyClassFrom
    ? null
    : streetFrom.filter(([from]) => zoom >= from).flatMap(([, classes]) => classes)
}

export function drawsBuildings(zoom: number): boolean {
  return zoom >= 13
}

export function drawsWalls(zoom: number): boolean {
  return zoom >= 14
}

export function namesBuildings(zoom: number): boolean {
  return zoom >= 15
}

/** The least length or width, in degrees, of a park or a lake that is drawn: about four pixels. */
export function leastExtent(zoom: number): number {
  return zoom >= 15
    ? 0
    : 4 * 360 / 512 / 2 ** zoom
}
