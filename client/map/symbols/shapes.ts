/* eslint antfu/reasonable-newline: off -- style expressions and coordinates read as lines */
/** The outlines of the graphic grammar. All fit a circle of about 1.3 × the given radius around the centre. */
export type Shape
  = | 'square' | 'circle' | 'triangle' | 'diamond' | 'hexagon' | 'house'
    | 'drop' | 'octagon' | 'shield' | 'cross' | 'book' | 'flag' | 'trapezoid' | 'pill'

type Point = readonly [x: number, y: number]
type Sink = Pick<CanvasRenderingContext2D, 'beginPath' | 'moveTo' | 'lineTo' | 'closePath' | 'arc' | 'quadraticCurveTo' | 'roundRect'>

function regular(corners: number, first: number, radius: number): Point[] {
  return Array.from({ length: corners }, (_, i) => {
    const angle = first + i * 2 * Math.PI / corners
    return [radius * Math.cos(angle), radius * Math.sin(angle)]
  })
}

const polygons: Partial<Record<Shape, Point[]>> = {
  diamond: regular(4, -Math.PI / 2, 1.24),
  hexagon: regular(6, 0, 1.12),
  octagon: regular(8, Math.PI / 8, 1.1),
  triangle: [[0, -1.26], [1.38, 0.96], [-1.38, 0.96]],
  house: [[0, -1.22], [1.1, -0.26], [0.88, 1], [-0.88, 1], [-1.1, -0.26]],
  cross: [
    [-0.66, -1.14],
    [0.66, -1.14],
    [0.66, -0.66],
    [1.14, -0.66],
    [1.14, 0.66],
    [0.66, 0.66],
    [0.66, 1.14],
    [-0.66, 1.14],
    [-0.66, 0.66],
    [-1.14, 0.66],
    [-1.14, -0.66],
    [-0.66, -0.66],
  ],
  book: [[-1.18, -0.92], [0, -0.62], [1.18, -0.92], [1.18, 0.74], [0, 1.04], [-1.18, 0.74]],
  flag: [[-1.12, -0.92], [1.3, -0.92], [0.9, 0], [1.3, 0.92], [-1.12, 0.92]],
  trapezoid: [[-0.72, -0.96], [0.72, -0.96], [1.22, 0.96], [-1.22, 0.96]],
}

const curves: Partial<Record<Shape, (sink: Sink, x: number, y: number, radius: number) => void>> = {
  circle: (sink, x, y, r) => sink.arc(x, y, r, 0, 2 * Math.PI),
  square: (sink, x, y, r) => sink.roundRect(x - r * 0.92, y - r * 0.92, r * 1.84, r * 1.84, r * 0.16),
  pill: (sink, x, y, r) => sink.roundRect(x - r * 1.26, y - r * 0.78, r * 2.52, r * 1.56, r * 0.78),
  drop: (sink, x, y, r) => {
    sink.moveTo(x, y - r * 1.36)
    sink.quadraticCurveTo(x + r * 0.62, y - r * 0.72, x + r * 0.86, y - r * 0.22)
    sink.arc(x, y + r * 0.18, r * 0.95, -0.435, Math.PI + 0.435)
    sink.quadraticCurveTo(x - r * 0.62, y - r * 0.72, x, y - r * 1.36)
    sink.closePath()
  },
  shield: (sink, x, y, r) => {
    sink.moveTo(x - r * 1.02, y - r * 0.98)
    sink.lineTo(x + r * 1.02, y - r * 0.98)
    sink.lineTo(x + r * 1.02, y + r * 0.1)
    sink.quadraticCurveTo(x + r * 0.96, y + r * 0.82, x, y + r * 1.26)
    sink.quadraticCurveTo(x - r * 0.96, y + r * 0.82, x - r * 1.02, y + r * 0.1)
    sink.closePath()
  },
}

/** Lays the outline of a shape around (x, y) as the current path. */
export function traceShape(sink: Sink, shape: Shape, x: number, y: number, radius: number): void {
  sink.beginPath()
  const outline = polygons[shape]
  if (outline) {
    outline.forEach(([px, py], i) => {
      if (i === 0)
        sink.moveTo(x + px * radius, y + py * radius)
      else
        sink.lineTo(x + px * radius, y + py * radius)
    })
    sink.closePath()
    return
  }
  curves[shape]?.(sink, x, y, radius)
}

/** Where the character sits: shapes with a roof or a point carry it lower or higher, and some only have room for a smaller one. */
export function characterBox(shape: Shape): { dy: number, size: number } {
  switch (shape) {
    case 'triangle': return { dy: 0.26, size: 0.92 }
    case 'house': return { dy: 0.12, size: 1.1 }
    case 'drop': return { dy: 0.2, size: 1.04 }
    case 'shield': return { dy: -0.12, size: 1.1 }
    case 'cross': return { dy: 0, size: 1.02 }
    case 'trapezoid': return { dy: 0.1, size: 1.06 }
    case 'book': return { dy: 0.08, size: 1.06 }
    case 'flag': return { dy: 0, size: 1.04 }
    default: return { dy: 0, size: 1.14 }
  }
}
