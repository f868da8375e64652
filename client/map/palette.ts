/* eslint antfu/reasonable-newline: off -- style expressions and coordinates read as lines */
import type { CaseStage } from '#contract/case.ts'

export type Theme = 'dark' | 'light'

/** How a map is drawn: the theme, the size of signs and labels against a 16 px rem, and who looks at it from how far. */
export interface Look {
  theme: Theme
  scale: number
  screen: 'wall' | 'desk' | 'phone'
}

/** Colours of what lies on the map; each says one thing only. The same as client/styles/tokens.css (a test compares). */
export interface Palette {
  ground: string
  text: string
  textSoft: string
  accent: string
  late: string
  gap: string
  cover: string
  coverText: string
  renovation: string
  wages: string
  warningRed: string
  warningYellow: string
  onFill: string
  stage: Record<CaseStage, string>
}

export const palettes: Record<Theme, Palette> = {
  dark: {
    ground: '#0B1217',
    text: '#EAF0F4',
    textSoft: '#B4C2CC',
    accent: '#56B4E9',
    late: '#FF7F4D',
    gap: '#E69F00',
    cover: '#3CBF9A',
    coverText: '#9FE3CD',
    renovation: '#D0C0EE',
    wages: '#F3E6C8',
    warningRed: '#FF7F4D',
    warningYellow: '#F0E442',
    onFill: '#0B1217',
    stage: {
      waiting: '#F0E442',
      working: '#56B4E9',
      review: '#E3A6C9',
      done: '#8B9CA8',
    },
  },
  light: {
    ground: '#FFFFFF',
    text: '#14202A',
    textSoft: '#41525E',
    accent: '#00669E',
    late: '#B23F00',
    gap: '#8A5A00',
    cover: '#00694E',
    coverText: '#00553F',
    renovation: '#5B4690',
    wages: '#7A5B14',
    warningRed: '#B23F00',
    warningYellow: '#7A6A00',
    onFill: '#FFFFFF',
    stage: {
      waiting: '#7A6A00',
      working: '#00669E',
      review: '#8F3A6E',
      done: '#5C6C77',
    },
  },
}

/** Fonts of map labels and signs: figures in Barlow, Chinese in whatever the machine has. As MapLibre's `text-font` wants it. */
export const labelFonts = ['HZ Num', 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei']
/** The same for a canvas, Chinese first. */
export const signFonts = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif'
export const figureFonts = `"HZ Num", ${signFonts}`
