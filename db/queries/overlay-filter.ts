/** How the smaller layers are narrowed down. */
export interface OverlayFilter {
  /** west, south, east, north in degrees */
  bbox?: [number, number, number, number] | undefined
  /** Code of a community, subdistrict or (6 digits) district. */
  region?: string | undefined
}
