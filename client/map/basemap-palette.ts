/* eslint antfu/reasonable-newline: off -- style expressions and coordinates read as lines */
import type { Theme } from './palette.ts'

/** Colours of the ground. Streets by rank: expressway, arterial, secondary, branch, residential, internal, footpath. */
export interface BasemapPalette {
  ground: string
  outside: string
  outsideOpacity: number
  landuse: string
  compound: string
  green: string
  water: string
  street: readonly [string, string, string, string, string, string, string]
  casing: string
  bridgeCasing: string
  rail: string
  railGap: string
  barrier: string
  building: string
  buildingEdge: string
  home: string
  homeEdge: string
  label: string
  labelSoft: string
  labelWater: string
  labelHalo: string
  community: string
  outline: string
  boundary: string
}

export const basemapPalettes: Record<Theme, BasemapPalette> = {
  dark: {
    ground: '#0D151B',
    outside: '#090F13',
    outsideOpacity: 0.66,
    landuse: '#101A20',
    compound: '#121E25',
    green: '#10231F',
    water: '#12304A',
    street: ['#4F6473', '#495E6C', '#425562', '#394B57', '#2F3F4A', '#25333D', '#2A3843'],
    casing: '#0A1116',
    bridgeCasing: '#5F7482',
    rail: '#3C4D59',
    railGap: '#0D151B',
    barrier: '#3A4954',
    building: '#1F2E39',
    buildingEdge: '#2C3E4A',
    home: '#2A3E4B',
    homeEdge: '#3F5664',
    label: '#B7C4CD',
    labelSoft: '#A3B2BC',
    labelWater: '#86B4D3',
    labelHalo: '#0B1217',
    community: '#CBD6DD',
    outline: '#8FA4B1',
    boundary: '#5A707E',
  },
  light: {
    ground: '#F4F3EF',
    outside: '#E6E7E5',
    outsideOpacity: 0.55,
    landuse: '#EFEEE8',
    compound: '#EAE8E0',
    green: '#DFEBDA',
    water: '#BFD9E8',
    street: ['#FFFFFF', '#FFFFFF', '#FFFFFF', '#FFFFFF', '#FFFFFF', '#FCFCFA', '#FFFFFF'],
    casing: '#D0CDC4',
    bridgeCasing: '#9AA3A9',
    rail: '#A9AEB2',
    railGap: '#F4F3EF',
    barrier: '#BDB8AC',
    building: '#E1DED6',
    buildingEdge: '#CBC6BB',
    home: '#E8DFD0',
    homeEdge: '#CFC3AE',
    label: '#3D4B55',
    labelSoft: '#46545E',
    labelWater: '#2B5876',
    labelHalo: '#FFFFFF',
    community: '#2F3E49',
    outline: '#6C7983',
    boundary: '#9AA5AE',
  },
}
