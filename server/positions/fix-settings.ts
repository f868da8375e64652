/** What is believed of a position. This program's own; no rule fixes them. */
export interface FixSettings {
  /** A clock may run ahead by so much. Seconds. */
  aheadSeconds: number
  /** What is older says where somebody was, and is gone from the map. Minutes. */
  oldestMinutes: number
  /** Nobody on duty is faster, on whatever he rides: 120 km/h. m/s. */
  fastest: number
  /** So many fixes in a row that agree with each other are believed after all: the first may have been the wrong one. */
  jumpsBelieved: number
  /** Less exact says nothing about a street. Metres. */
  worstMetres: number
  /** Below this a fix is never called worse than the one before. Metres. */
  goodMetres: number
  /** For so long a better fix counts more than a newer one that is three times worse. Seconds. */
  betterSeconds: number
  /** A device keeps its officer until it has been silent for so long. Seconds. */
  deviceSeconds: number
  /** How far outside his subdistrict somebody may be on duty. Metres. */
  marginMetres: number
}

export const defaultFixSettings: FixSettings = {
  aheadSeconds: 30,
  oldestMinutes: 15,
  fastest: 33.3,
  jumpsBelieved: 3,
  worstMetres: 500,
  goodMetres: 50,
  betterSeconds: 30,
  deviceSeconds: 120,
  marginMetres: 5000,
}
