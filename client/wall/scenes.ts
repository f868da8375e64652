import { Scene } from '#contract/screen.ts'

export type { Scene }
export const scenes = Scene.options

/** How loud each overlay is in a scene: 0 hidden, 1 usual, more = the hero. One screen has one hero; the rest steps back. */
export interface Emphasis {
  reach: number
  missed: number
  zones: number
  worksites: number
  facilities: number
  officers: number
  pins: number
}

export const emphasisOf: Record<Scene, Emphasis> = {
  case: {
    reach: 0.45,
    missed: 0.75,
    zones: 0.75,
    worksites: 1,
    facilities: 0.8,
    officers: 0.8,
    pins: 1,
  },
  renovation: {
    reach: 0,
    missed: 0,
    zones: 1.4,
    worksites: 0,
    facilities: 0,
    officers: 0,
    pins: 1,
  },
  wages: {
    reach: 0,
    missed: 0,
    zones: 0,
    worksites: 1.4,
    facilities: 0,
    officers: 0,
    pins: 1,
  },
  elder: {
    reach: 1.6,
    missed: 1.15,
    zones: 0,
    worksites: 0,
    facilities: 1.4,
    officers: 0,
    pins: 0,
  },
  satisfaction: {
    reach: 0,
    missed: 0,
    zones: 0,
    worksites: 0,
    facilities: 0,
    officers: 0,
    pins: 1,
  },
}

export interface SceneRequest {
  scene: Scene
  /** Seconds a scene stays; 0 = it does not change by itself. */
  rotate: number
}

/**
 * What the address asks for: `?scene=elder` stays there, `?rotate=90` changes every 90 s, both begin there and change.
 * Without either, scenes change every minute.
 */
export function readSceneRequest(search: string): SceneRequest {
  const query = new URLSearchParams(search)
  const scene = scenes.find(name => name === query.get('scene'))
  const asked = query.get('rotate')
  const seconds = Number(asked)
  const rotate = asked !== null && Number.isFinite(seconds) && seconds >= 0
    ? (seconds === 0
        ? 0
        : Math.max(5, seconds))
    : scene ? 0 : 60
  return { scene: scene ?? 'case', rotate }
}

export function sceneAfter(scene: Scene, steps = 1): Scene {
  return scenes[(scenes.indexOf(scene) + steps + scenes.length) % scenes.length]!
}
