/** A place on the screen in CSS pixels of the map's box. */
export interface ScreenPoint {
  x: number
  y: number
}
