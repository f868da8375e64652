import type { CaseKind } from '#contract/case.ts'
import type { CaseTopic } from '#contract/topic.ts'
import { topics } from '#contract/topic.ts'

const entries = Object.entries(topics) as [Exclude<CaseTopic, 'unspecified'>, (typeof topics)[keyof typeof topics]][]

/**
 * The topic of a text: among those of its kind first, then among all; 'unspecified' when no word of the list is in it.
 * topicOf('property', '3 号楼电梯停运三天') → 'lift-stopped'
 */
export function topicOf(kind: CaseKind, content: string): CaseTopic {
  const isIn = ([, topic]: (typeof entries)[number]) => topic.words.some(word => content.includes(word))
  const ofKind = entries.find(entry => entry[1].kind === kind && isIn(entry))
  return (ofKind ?? entries.find(isIn))?.[0] ?? 'unspecified'
}
