import type { SimilarCase } from '#contract/case-work.ts'
import type { useWords } from '../parts/use-words.ts'

/** Why a case may be about the same matter, in words. */
export function similarReasons({ metres, minutes, sameBuilding, sameTopic, sameCaller, mergedCount }: SimilarCase, { t, number, age }: Pick<ReturnType<typeof useWords>, 't' | 'number' | 'age'>): string {
  return [
    sameCaller
      ? t('duty.similar.caller')
      : null,
    sameBuilding
      ? t('duty.similar.building')
      : metres === null
        ? null
        : t('duty.who.metres', {
            n: number(metres),
          }),
    sameTopic
      ? t('duty.similar.topic')
      : null,
    t('duty.similar.apart', {
      age: age(minutes * 60),
    }),
    mergedCount > 0
      ? t('duty.similar.merged', { n: mergedCount })
      : null,
  ].filter(reason => reason !== null).join(' · ')
}
