import type { RegionLevel } from '#contract/places.ts'

/** One column a level, finest first. */
export const levelFields: readonly { field: string, level: RegionLevel }[] = [
  { field: 'ofGrid', level: 'grid' },
  { field: 'ofVillage', level: 'village' },
  { field: 'ofCommunity', level: 'community' },
  { field: 'ofSubdistrict', level: 'subdistrict' },
  { field: 'ofDistrict', level: 'district' },
]

/**
 * The level of a region whose file does not say it: from the code's length (6, 9, 12, 15 digits; the statistics bureau's
 * 12-digit codes fill up with zeros, and number villages from 200), from the name's ending, or from the column that held it.
 */
export function guessLevel(code: string | null, name: string | null, column: RegionLevel | null): RegionLevel | null {
  return levelOfCode(code) ?? levelOfName(name) ?? column
}

function levelOfCode(code: string | null): RegionLevel | null {
  const digits = /^\d+$/.test(code ?? '')
    ? plainCode(code!)
    : ''
  switch (digits.length) {
    case 6: return 'district'
    case 9: return 'subdistrict'
    case 12: return Number(digits.slice(9)) >= 200 && Number(digits.slice(9)) < 400
      ? 'village'
      : 'community'
    case 15: return 'grid'
    default: return null
  }
}

function levelOfName(name: string | null): RegionLevel | null {
  if (!name)
    return null
  if (/网格$|网格\d+$|第.+网格/.test(name))
    return 'grid'
  if (/(?:社区|居委会|居民委员会|社区居委会)$/.test(name))
    return 'community'
  if (/(?:村|村委会|村民委员会)$/.test(name))
    return 'village'
  if (/(?:街道|街道办事处|镇|乡|苏木)$/.test(name))
    return 'subdistrict'
  return /[区县旗市]$/.test(name)
    ? 'district'
    : null
}

/** 110108001000 → 110108001, 110108000000 → 110108: zeros that only fill up. */
export function plainCode(code: string): string {
  return /^\d{12}$/.test(code)
    ? code.replace(/000$/, '').replace(/^(\d{6})000$/, '$1')
    : code
}
