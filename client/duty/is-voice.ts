import type { CaseWork } from '#contract/case-work.ts'

/** Whether a proof that was sent along is a voice note instead of a photo: its file says so. */
export function isVoice({ files }: Pick<CaseWork, 'files'>, upload: string): boolean {
  return files.some(({ id, kind }) => id === upload && kind === 'audio')
}
