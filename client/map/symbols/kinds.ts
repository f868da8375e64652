import type { CaseKind } from '#contract/case.ts'
import type { Shape } from './shapes.ts'

/** The sign of each kind of case: a shape of its own and one character, so that neither colour nor reading alone must tell. */
export const kindSigns: Record<CaseKind, { shape: Shape, character: string }> = {
  'property': { shape: 'square', character: '物' },
  'sanitation': { shape: 'circle', character: '环' },
  'noise': { shape: 'triangle', character: '噪' },
  'wages': { shape: 'diamond', character: '薪' },
  'renovation': { shape: 'hexagon', character: '改' },
  'elder-care': { shape: 'house', character: '老' },
  'utilities': { shape: 'drop', character: '水' },
  'traffic': { shape: 'octagon', character: '停' },
  'safety': { shape: 'shield', character: '安' },
  'medical': { shape: 'cross', character: '医' },
  'education': { shape: 'book', character: '教' },
  'culture': { shape: 'flag', character: '文' },
  'enterprise': { shape: 'trapezoid', character: '企' },
  'other': { shape: 'pill', character: '他' },
}

export const caseKinds = Object.keys(kindSigns) as CaseKind[]
