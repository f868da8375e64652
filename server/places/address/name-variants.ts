export interface NameVariant {
  /** as compared */
  text: string
  /** −ln of how often the name is said so, against how often in full. */
  cost: number
}

// What a compound is called by its kind; people leave it out or take another.
const homeKinds = [
  '新村',
  '小区',
  '花园',
  '家园',
  '佳苑',
  '华庭',
  '雅园',
  '公馆',
  '宿舍',
  '旧村',
  '公寓',
  '社区',
  '家属院',
  '大院',
  '新区',
  '苑',
  '府',
  '城',
  '村',
  '里',
  '园',
  '庭',
]
const landmarkKinds = [
  '便民服务中心',
  '商业综合体项目',
  '创意产业园',
  '实验学校',
  '职业学院',
  '农贸市场',
  '商务中心',
  '文化中心',
  '安置房项目',
  '改造项目',
  '项目部',
  '项目',
]
const quarter = /^(.*\D)((?:[东西南北a-z]|\d+)(?:区|期|组团|小区))$/

/** How a name is said: 听泉新村4区, 听泉4区, 听泉新村4, 听泉新村, 听泉. `name` is normalised. */
export function compoundVariants(name: string): NameVariant[] {
  const [, stem = name, part = ''] = quarter.exec(name) ?? []
  const kind = homeKinds.find(kind => stem.endsWith(kind) && stem.length - kind.length >= 2)
  const base = kind
    ? stem.slice(0, -kind.length)
    : stem
  const short = part.replace(/(?:区|期|组团|小区)$/, '')
  const variants: NameVariant[] = [
    { text: name, cost: 0 },
  ]
  if (kind && part)
    variants.push({ text: base + part, cost: 0.7 })
  if (part && short) {
    variants.push({ text: stem + short, cost: 0.5 })
    if (kind)
      variants.push({ text: base + short, cost: 1.5 })
  }
  if (part)
    variants.push({ text: stem, cost: 2.5 })
  if (kind && base.length >= 2) {
    variants.push({
      text: base,
      cost: part
        ? 4
        : 1.2,
    })
    // Kinds are mixed up more often than names: 百合小区 for 百合华庭.
    if (!part) {
      for (const other of ['小区', '社区', '院', '家属院'])
        variants.push({ text: base + other, cost: 1.2 })
    }
  }
  return unique(variants)
}

/** 桐荫体育馆 as it is; 和风商业综合体项目 also as 和风商业综合体 or 和风项目. */
export function landmarkVariants(name: string): NameVariant[] {
  const variants: NameVariant[] = [
    { text: name, cost: 0 },
  ]
  const kind = landmarkKinds.find(kind => name.endsWith(kind) && name.length - kind.length >= 2)
  if (kind) {
    const base = name.slice(0, -kind.length)
    if (kind.endsWith('项目') && kind.length > 2) {
      variants.push({ text: base + kind.slice(0, -2), cost: 0.7 })
      variants.push({ text: `${base}项目`, cost: 1 })
    }
    else {
      variants.push({ text: base + kind.slice(-2), cost: 1.2 })
    }
  }
  return unique(variants)
}

function unique(variants: NameVariant[]): NameVariant[] {
  const cheapest = new Map<string, NameVariant>()
  for (const variant of variants) {
    const before = cheapest.get(variant.text)
    if (variant.text.length >= 2 && (!before || variant.cost < before.cost))
      cheapest.set(variant.text, variant)
  }
  return [
    ...cheapest.values(),
  ]
}
