import type { RegionArea } from '../../places/region-index.ts'
import type { Box } from '../../places/polygon.ts'
import type { Survey } from './survey.ts'
import { boundsOf, grownBox } from '../../places/polygon.ts'
import { boxesMeet, commonBox, joinBoxes } from './clip.ts'

// Whoever walks 15 minutes at 1.2 m/s out of the area and comes back into it stays within 540 m; three times that is ample.
const aroundRegionsMetres = 2000

/**
 * What of the file is wanted: what it says it covers (raw exports hold whole ways, whose nodes lie far outside of that), and
 * of that, where subdistricts are known, what lies in or within 2 km of them. A file from elsewhere is taken as it is.
 *
 * @returns clip: cut here, null = nowhere; keep: nodes far outside of this box are not needed, null = all are
 */
export function chooseClip(survey: Pick<Survey, 'bounds' | 'extent'>, regions: readonly RegionArea[], note: (text: string) => void): { clip: Box | null, keep: Box | null } {
  const { bounds, extent } = survey
  const subdistricts = regions.filter(({ level }) => level === 'subdistrict')
  const covered = bounds ?? extent
  if (subdistricts.length === 0 || !covered)
    return { clip: bounds, keep: null }
  const known = grownBox(subdistricts.map(({ geometry }) => boundsOf(geometry)).reduce<Box | null>(joinBoxes, null)!, aroundRegionsMetres)
  if (!boxesMeet(known, covered)) {
    note('文件不在已导入的街道范围内，按文件范围导入 · The file lies outside of all known subdistricts; all of it was loaded')
    return { clip: bounds, keep: null }
  }
  if (covered[0] >= known[0] && covered[1] >= known[1] && covered[2] <= known[2] && covered[3] <= known[3])
    return { clip: bounds, keep: null }
  note('超出街道范围 2 公里以外的部分未导入 · What lies more than 2 km outside of the known subdistricts was left out')
  return {
    clip: commonBox(known, covered),
    keep: known,
  }
}
