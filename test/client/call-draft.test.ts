import { expect, it } from 'vitest'
import { answerOf, emptyDraft } from '../../client/duty/act/action-answer.ts'
import { callInput, emptyCall, keepDraft, readDraft } from '../../client/duty/call/call-draft.ts'
import { createRetryKeys } from '../../client/duty/retry-keys.ts'

function store(): Storage {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => void kept.delete(key),
    get length() {
      return kept.size
    },
  } as Storage
}
const call = {
  ...emptyCall,
  content: '楼道灯不亮',
  address: '听泉新村3号楼',
  at: [117.01, 36.62] as [number, number],
  phone: '13900000001',
}

it('a draft is there again for the same account, for no other, and nothing is left of an empty one or of rubbish', () => {
  const kept = store()
  keepDraft(kept, 'a', call)
  expect(readDraft(kept, 'a')).toEqual(call)
  expect(readDraft(kept, 'b')).toEqual(emptyCall)
  keepDraft(kept, 'a', emptyCall)
  expect(kept.length).toBe(0)
  kept.setItem('huizhi.call.a', '{"content":3')
  expect(readDraft(kept, 'a')).toEqual(emptyCall)
})

it('a call is sent with what was said and nothing else', () => {
  expect(callInput(call)).toEqual({
    content: '楼道灯不亮',
    kind: 'other',
    source: 'hotline',
    urgency: 'normal',
    address: '听泉新村3号楼',
    location: { lng: 117.01, lat: 36.62, datum: 'wgs84' },
    contact: { phone: '13900000001' },
  })
  expect(callInput({ ...call, content: '  ' })).toBeNull()
})

it('the same text keeps its key until it got through; another text has another', () => {
  let n = 0
  const keys = createRetryKeys(() => `key-${n++}`)
  expect(keys.keyFor('a')).toBe(keys.keyFor('a'))
  expect(keys.keyFor('b')).not.toBe(keys.keyFor('a'))
  const first = keys.keyFor('a')
  keys.done()
  expect(keys.keyFor('a')).not.toBe(first)
})

it('an action is ready when all that it needs is there', () => {
  const resolve = {
    action: 'resolve' as const,
    outcome: null,
    needs: ['evidence' as const],
  }
  expect(answerOf(resolve, emptyDraft)).toBeNull()
  expect(answerOf(resolve, { ...emptyDraft, evidence: '已更换' })).toEqual({
    evidence: [
      { kind: 'text', text: '已更换' },
    ],
  })
  const callBack = (outcome: string) => ({
    action: 'call-back' as const,
    outcome,
    needs: ['satisfied' as const],
  })
  expect(answerOf(callBack('unreached'), emptyDraft)).toEqual({ satisfied: null })
  expect(answerOf(callBack('dissatisfied'), { ...emptyDraft, reason: '没修好' })).toBeNull()
  expect(answerOf(callBack('dissatisfied'), { ...emptyDraft, shortfall: 'unpleased', reason: '态度差' })).toEqual({ satisfied: false, solved: true, reason: '态度差' })
  expect(answerOf(callBack('dissatisfied'), { ...emptyDraft, shortfall: 'unfinished' })).toEqual({ satisfied: true, solved: false })
})

it('an enterprise\'s name begins the text; from another source it is not sent', () => {
  const asked = {
    ...call,
    source: 'enterprise' as const,
    company: '恒达机械',
    content: '厂区门口积水',
  }
  expect(callInput(asked)!.content).toBe('恒达机械：厂区门口积水')
  expect(callInput({ ...asked, source: 'hotline' })!.content).toBe('厂区门口积水')
  expect(callInput({ ...asked, content: ' ' })).toBeNull()
})

it('a photo is proof without words, and goes with words where there are some', () => {
  const resolve = {
    action: 'resolve' as const,
    outcome: null,
    needs: ['evidence' as const],
  }
  expect(answerOf(resolve, emptyDraft)).toBeNull()
  expect(answerOf(resolve, {
    ...emptyDraft,
    files: ['u1'],
  })).toEqual({
    evidence: [
      { kind: 'photo', upload: 'u1' },
    ],
  })
  expect(answerOf(resolve, {
    ...emptyDraft,
    evidence: '已修',
    files: ['u1'],
  })!.evidence).toHaveLength(2)
})
