import type { Case } from '#contract/case.ts'
import type { Feature } from '#contract/geometry.ts'
import type { Region } from '#contract/places.ts'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { regionOf, shortName } from '../state/figures/communities.ts'

/** How figures, ages and names are put into words, in the language of the page. */
export function useWords() {
  const { t, locale } = useI18n()
  const whole = computed(() => new Intl.NumberFormat(locale.value, { maximumFractionDigits: 0 }))
  const oneDecimal = computed(() => new Intl.NumberFormat(locale.value, { maximumFractionDigits: 1 }))

  /** 3,417 */
  const number = (value: number) => whole.value.format(value)
  /** 12.5 */
  const decimal = (value: number) => oneDecimal.value.format(value)
  /** 0.942 → 94.2 */
  const percent = (share: number) => (share * 100).toFixed(1)

  /** 3 秒, 12 分, 2 小时, 4 天. */
  function age(seconds: number): string {
    const s = Math.max(0, seconds)
    if (s < 60) {
      return t('common.age.seconds', {
        n: Math.floor(s),
      })
    }
    if (s < 3600) {
      return t('common.age.minutes', {
        n: Math.floor(s / 60),
      })
    }
    if (s < 2 * 86_400) {
      return t('common.age.hours', {
        n: Math.floor(s / 3600),
      })
    }
    return t('common.age.days', {
      n: Math.floor(s / 86_400),
    })
  }
  const ago = (seconds: number) => t('common.age.ago', {
    age: age(seconds),
  })

  /** Time until or since a deadline, in the coarsest unit that still says something: 24 分, 8.5 时, 3 天. */
  function span(milliseconds: number): string {
    const minutes = Math.abs(milliseconds) / 60_000
    if (minutes < 60) {
      return t('common.left.minutes', {
        n: Math.floor(minutes),
      })
    }
    if (minutes < 48 * 60) {
      return t('common.left.hours', {
        n: decimal(Math.floor(minutes / 6) / 10),
      })
    }
    return t('common.left.days', {
      n: Math.floor(minutes / 1440),
    })
  }

  /** What a case is about, without the words of the person who reported it. */
  function subject(item: Pick<Case, 'kind' | 'topic'>): string {
    return item.topic && item.topic !== 'unspecified'
      ? t(`topics.${item.topic}`)
      : t(`cases.kind.${item.kind}`)
  }

  /** Name of a region by its code, as the map writes it; short for narrow rows. */
  function regionName(regions: ReadonlyMap<string, Feature>, code: string | null, short = false): string {
    const feature = code === null
      ? undefined
      : regions.get(code)
    if (!feature)
      return t('common.outside')
    const { name } = regionOf(feature) as Region
    return short
      ? shortName(name)
      : name
  }

  /** The community of a case, or that it lies in none, or that nobody knows where it is. */
  function whereabouts(regions: ReadonlyMap<string, Feature>, { geometry, properties }: Feature, short = false): string {
    const community = properties.community as Case['community']
    return community === null && geometry === null
      ? t('common.unlocated')
      : regionName(regions, community, short)
  }

  return {
    whereabouts,
    t,
    locale,
    number,
    decimal,
    percent,
    age,
    ago,
    span,
    subject,
    regionName,
  }
}
