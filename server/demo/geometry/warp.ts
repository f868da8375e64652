import type { Random } from '../random.ts'
import type { Point } from './plane.ts'
import { rotate } from './plane.ts'

/**
 * A smooth bend of the plane: straight streets come out gently curved, yet nothing is torn, so that the topology of
 * the straight drawing stays. Sums of long sine waves; the tilt stays below about 14°.
 */
export function createWarp(random: Random): (p: Point) => Point {
  const wave = (length: number, height: number) => {
    const angle = random.between(0, Math.PI * 2)
    const phase = random.between(0, Math.PI * 2)
    const x = Math.cos(angle) * Math.PI * 2 / length
    const y = Math.sin(angle) * Math.PI * 2 / length
    return (p: Point) => height * Math.sin(p[0] * x + p[1] * y + phase)
  }
  const waves = () => [
    wave(2600, 46),
    wave(1900, 40),
    wave(1150, 17),
    wave(640, 4.5),
    wave(420, 2.2),
  ]
  const east = waves()
  const north = waves()
  const turn = random.between(-0.09, 0.09)
  return (p) => {
    const moved: Point = [
      p[0] + east.reduce((sum, w) => sum + w(p), 0),
      p[1] + north.reduce((sum, w) => sum + w(p), 0),
    ]
    return rotate(moved, turn)
  }
}
