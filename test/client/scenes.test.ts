import { expect, it } from 'vitest'
import { readSceneRequest, sceneAfter, scenes } from '../../client/wall/scenes.ts'

it('a wall that is told nothing turns every minute, one that is told a scene stays there', () => {
  expect(readSceneRequest('')).toEqual({ scene: 'case', rotate: 60 })
  expect(readSceneRequest('?scene=elder')).toEqual({ scene: 'elder', rotate: 0 })
  expect(readSceneRequest('?scene=elder&rotate=90')).toEqual({ scene: 'elder', rotate: 90 })
  expect(readSceneRequest('?rotate=0')).toEqual({ scene: 'case', rotate: 0 })
})

it('nonsense in the address is not obeyed', () => {
  expect(readSceneRequest('?scene=nothing&rotate=soon')).toEqual({ scene: 'case', rotate: 60 })
  expect(readSceneRequest('?rotate=-3')).toEqual({ scene: 'case', rotate: 60 })
  expect(readSceneRequest('?rotate=0.1')).toEqual({ scene: 'case', rotate: 5 })
})

it('the last scene is followed by the first, and the first preceded by the last', () => {
  expect(sceneAfter(scenes.at(-1)!)).toBe(scenes[0])
  expect(sceneAfter(scenes[0]!, -1)).toBe(scenes.at(-1))
})
