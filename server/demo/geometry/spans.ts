import type { Ring } from './plane.ts'

export type Span = readonly [from: number, to: number]

/** Where the horizontal line at `y` runs inside the outline. */
export function spansAt(ring: Ring, y: number): Span[] {
  const xs: number[] = []
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!
    const b = ring[(i + 1) % ring.length]!
    if ((a[1] > y) !== (b[1] > y))
      xs.push(a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]))
  }
  xs.sort((a, b) => a - b)
  return xs.flatMap((x, i) => i % 2 === 0 && i + 1 < xs.length
    ? [
        [x, xs[i + 1]!] as const,
      ]
    : [])
}

/** Where the whole strip between two heights lies inside the outline. */
export function clearSpans(ring: Ring, low: number, high: number): Span[] {
  const steps = Math.max(1, Math.ceil((high - low) / 4))
  let spans = spansAt(ring, low)
  for (let i = 1; i <= steps && spans.length > 0; i++)
    spans = common(spans, spansAt(ring, low + (high - low) * i / steps))
  return spans
}

function common(a: readonly Span[], b: readonly Span[]): Span[] {
  return a.flatMap(([from, to]) => b.flatMap(([f, t]) => {
    const span: Span = [
      Math.max(from, f),
      Math.min(to, t),
    ]
    return span[1] > span[0]
      ? [span]
      : []
  }))
}

/** What is left of the spans when the gaps are taken out. */
export function without(spans: readonly Span[], gaps: readonly Span[]): Span[] {
  let left = [...spans]
  for (const [from, to] of gaps) {
    left = left.flatMap(([f, t]): Span[] => to <= f || from >= t
      ? [
          [f, t],
        ]
      : ([
          [f, from],
          [to, t],
        ] as Span[]).filter(s => s[1] > s[0]))
  }
  return left
}
