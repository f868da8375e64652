import type { CaseAction } from '#contract/case.ts'

/** The key of each action; N, J, K, G, P and / belong to the desk itself. */
export const actionKeys: Record<CaseAction, string> = {
  'locate': 'l',
  'dispatch': 'd',
  'accept': 'a',
  'contact': 'c',
  'request-return': 'x',
  'rule-return': 'v',
  'start': 's',
  'request-extension': 'e',
  'rule-extension': 'f',
  'suspend': 'h',
  'review': 'w',
  'resume': 'u',
  'resolve': 'r',
  'call-back': 'b',
  'supervise': 'i',
  'propose-close': 'o',
  'close': 'q',
  'archive': 'z',
  'merge': 'm',
  'split': 't',
  'recall': 'y',
  'add-evidence': '+',
}
