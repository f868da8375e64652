import type { LngLat } from '#contract/geometry.ts'
import { normaliseAddress } from './normalise-address.ts'
import { compoundVariants, landmarkVariants } from './name-variants.ts'
import { NameIndex } from './name-index.ts'

/** Where an address may lead. */
export interface AddressTarget {
  /** As people write it: 听泉新村四区3号楼 */
  label: string
  /** How exact it is: the house, the walled compound, a named place, somewhere on a road. */
  precision: 'building' | 'compound' | 'landmark' | 'road'
  location: LngLat
  /** buildings.id */
  building: number | null
  /** A person taught it. */
  taught?: true
}

export interface House extends AddressTarget {
  /** 3, a, 3排5 */
  number: string
  /** Staircases and storeys, where they are known: 7单元 of a house with two is another house. */
  units: number | null
  storeys: number | null
}

export interface Compound {
  target: AddressTarget
  houses: Map<string, House>
  /** Road numbers of its gates. */
  doors: { road: Road, number: string }[]
}

export interface Road {
  name: string
  /** Somewhere in its middle; null where the map does not draw it. */
  location: LngLat | null
  doors: Map<string, (Compound | AddressTarget)[]>
}

export type NamedPlace
  = | { kind: 'compound', compound: Compound }
    | { kind: 'road', road: Road }
    | { kind: 'landmark', target: AddressTarget }
    /** Somebody placed a case that said so. */
    | { kind: 'taught', target: AddressTarget }
    /** Explains a piece of text and nothing more: 示范街道. */
    | { kind: 'region' }

/** What is known of places, as the database or a test has it. */
export interface BookSource {
  compounds: readonly { id: number, name: string | null, location: LngLat }[]
  buildings: readonly { id: number, name: string | null, address: string | null, compound: number | null, location: LngLat, units: number | null, floors: number | null }[]
  roads: readonly { name: string, location: LngLat }[]
  landmarks: readonly { name: string, location: LngLat, building?: number | null }[]
  /** Names of communities, subdistricts, districts. */
  regions: readonly string[]
  addresses: readonly ImportedAddress[]
  /** What people taught: said so, and here it was. */
  aliases: readonly Taught[]
}

export interface Taught { alias: string, said: string, location: LngLat, building: number | null }

export interface ImportedAddress {
  compound: string | null
  building: string | null
  road: string | null
  number: string | null
  landmark: string | null
  full_text: string | null
  aliases: readonly string[]
  building_id: number | null
  location: LngLat
}

export interface AddressBook {
  names: NameIndex<NamedPlace>
  taught: NameIndex<NamedPlace>
  /** How many houses, compounds and named places it knows. */
  size: number
}

const houseName = /^(?:.*?[^\da-z])??((?:\d+排)?(?:[a-z]?\d+[a-z]?|[a-z]))(?:号楼|号居民楼|号宿舍楼|[栋幢座号楼]|#楼?|号院)?$/
const roadAddress = /^(.*?(?:[路街巷道弄里]|胡同))(\d+(?:-\d+)?[a-z]?)(?:号|$)/
const houseInAddress = /^(\D{2,}(?:\d+\D+)?)((?:\d+排)?(?:[a-z]?\d+[a-z]?|[a-z]))(?:号楼|[栋幢座]|#楼?)/

/** Puts together what the map, the overlays and the imported addresses say. */
export function buildAddressBook(source: BookSource): AddressBook {
  const names = new NameIndex<NamedPlace>()
  const compounds = new Map<string, Compound>()
  const byArea = new Map<number, Compound>()
  const roads = new Map<string, Road>()
  const landmarks = new Map<string, LngLat[]>()
  let size = 0

  for (const { name, location } of source.roads)
    roadOf(normaliseAddress(name), name, location)
  for (const { id, name, location } of source.compounds) {
    if (name)
      byArea.set(id, compoundOf(name, location))
  }
  for (const building of source.buildings)
    addBuilding(building)
  for (const address of source.addresses)
    addAddress(address)
  for (const { name, location, building } of source.landmarks)
    addLandmark(name, name, location, building ?? null)
  for (const name of source.regions) {
    const text = normaliseAddress(name)
    names.add({ kind: 'region' }, [
      { text, cost: 0 },
    ])
  }
  for (const [name, compound] of compounds)
    names.add({ kind: 'compound', compound }, compoundVariants(name))
  for (const [name, road] of roads) {
    names.add({ kind: 'road', road }, [
      { text: name, cost: 0 },
    ])
  }
  return {
    names,
    taught: readAliases(source.aliases),
    size: size + compounds.size,
  }

  function compoundOf(name: string, location: LngLat): Compound {
    const key = normaliseAddress(name)
    const known = compounds.get(key)
    if (known)
      return known
    const compound: Compound = {
      target: {
        label: name,
        precision: 'compound',
        location,
        building: null,
      },
      houses: new Map(),
      doors: [],
    }
    compounds.set(key, compound)
    return compound
  }

  function roadOf(key: string, name: string, location: LngLat | null): Road {
    const known = roads.get(key)
    if (known)
      return known
    const road: Road = {
      name,
      location,
      doors: new Map(),
    }
    roads.set(key, road)
    return road
  }

  function addBuilding({ id, name, address, compound: area, location, units, floors }: BookSource['buildings'][number]): void {
    const text = normaliseAddress(address ?? '')
    const [, roadText, doorNumber] = roadAddress.exec(text) ?? []
    const afterDoor = roadText
      ? text.slice(roadText.length + doorNumber!.length).replace(/^号/, '')
      : text
    const [, saidCompound, numberInAddress] = houseInAddress.exec(afterDoor) ?? []
    const number = houseName.exec(normaliseAddress(name ?? ''))?.[1] ?? numberInAddress
    const compound = area !== null && byArea.has(area)
      ? byArea.get(area)!
      : saidCompound
        ? compoundOf(saidCompound, location)
        : undefined
    const road = roadText
      ? knownRoad(roadText)
      : undefined
    const isHouse = compound !== undefined && number !== undefined
    if (isHouse) {
      addHouse(compound, {
        label: compound.target.label + (name && houseName.test(normaliseAddress(name))
          ? name
          : `${number}号楼`),
        precision: 'building',
        location,
        building: id,
        number,
        units,
        storeys: floors,
      })
      if (road)
        addDoor(road, doorNumber!, compound)
    }
    if (name && !houseName.test(normaliseAddress(name)))
      addLandmark(name, name, location, id)
    if (road && !isHouse) {
      size++
      addDoor(road, doorNumber!, {
        label: `${road.name}${doorNumber}号`,
        precision: 'building',
        location,
        building: id,
      })
    }
  }

  /** 山东省济南市文化东路 is 文化东路 when that is drawn. */
  function knownRoad(text: string): Road {
    for (let at = 0; at < text.length - 1; at++) {
      const known = roads.get(text.slice(at))
      if (known)
        return known
    }
    return roadOf(text, text, null)
  }

  function addHouse(compound: Compound, house: House): void {
    if (!compound.houses.has(house.number)) {
      compound.houses.set(house.number, house)
      size++
    }
  }

  function addDoor(road: Road, number: string, door: Compound | AddressTarget): void {
    const doors = road.doors.get(number)
    if (doors?.includes(door))
      return
    if (doors)
      doors.push(door)
    else
      road.doors.set(number, [door])
    if ('houses' in door)
      door.doors.push({ road, number })
  }

  function addLandmark(name: string, label: string, location: LngLat, building: number | null): void {
    const text = normaliseAddress(name)
    // One name for several houses of a school or a market is one place.
    const known = landmarks.get(text)
    if (text.length < 2 || compounds.has(text) || known?.some(at => Math.hypot(at[0] - location[0], at[1] - location[1]) < 0.004))
      return
    landmarks.set(text, [
      ...known ?? [],
      location,
    ])
    size++
    names.add({
      kind: 'landmark',
      target: {
        label,
        precision: building === null
          ? 'landmark'
          : 'building',
        location,
        building,
      },
    }, landmarkVariants(text))
  }

  function addAddress({ compound: compoundName, building, road: roadName, number, landmark, full_text, aliases, building_id, location }: ImportedAddress): void {
    const houseNumber = houseName.exec(normaliseAddress(building ?? ''))?.[1]
    const compound = compoundName
      ? compoundOf(compoundName, location)
      : undefined
    const label = full_text ?? [
      roadName && number
        ? roadName + number.replace(/号?$/, '号')
        : '',
      compoundName ?? '',
      building ?? '',
      landmark ?? '',
    ].join('')
    const target: AddressTarget = {
      label,
      precision: building || !compound
        ? 'building'
        : 'compound',
      location,
      building: building_id,
    }
    if (compound && houseNumber) {
      addHouse(compound, {
        ...target,
        precision: 'building',
        number: houseNumber,
        units: null,
        storeys: null,
      })
    }
    if (roadName && number) {
      const roadText = normaliseAddress(roadName)
      addDoor(roads.get(roadText) ?? roadOf(roadText, roadName, null), normaliseAddress(number).replace(/号$/, ''), compound ?? target)
    }
    if (landmark)
      addLandmark(landmark, landmark, location, building_id)
    if (full_text && !compound && !roadName && !landmark)
      addLandmark(full_text, full_text, location, building_id)
    for (const alias of aliases) {
      const text = normaliseAddress(alias)
      if (compound && !houseNumber) {
        names.add({ kind: 'compound', compound }, compoundVariants(text))
      }
      else {
        names.add({ kind: 'landmark', target }, [
          { text, cost: 0 },
        ])
      }
    }
  }
}

/** As far apart as this, two teachings mean two places. */
const samePlaceDegrees = 0.0006

/** What was taught, each wording once for each place that it was said of; the more often, the surer. */
export function readAliases(taught: readonly Taught[]): NameIndex<NamedPlace> {
  const index = new NameIndex<NamedPlace>()
  for (const [alias, group] of Map.groupBy(taught, ({ alias }) => alias)) {
    const places: { newest: Taught, times: number }[] = []
    for (const teaching of group) {
      const same = places.find(({ newest }) => newest.building === null || teaching.building === null
        ? Math.hypot(newest.location[0] - teaching.location[0], newest.location[1] - teaching.location[1]) < samePlaceDegrees
        : newest.building === teaching.building)
      if (same)
        Object.assign(same, { newest: teaching, times: same.times + 1 })
      else
        places.push({ newest: teaching, times: 1 })
    }
    for (const { newest: { said, location, building }, times } of places) {
      index.add({
        kind: 'taught',
        target: {
          label: said,
          precision: building === null
            ? 'landmark'
            : 'building',
          location,
          building,
          taught: true,
        },
      }, [
        { text: alias, cost: 0.3 - Math.log(times) },
      ])
    }
  }
  return index
}
