import type { SmallMap } from '../world/osm-xml.ts'
import { Buffer } from 'node:buffer'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { testDatabase } from '../world/database.ts'
import { counts, eventTypes, imported, inPieces } from '../world/import.ts'
import { osmPbf } from '../world/osm-pbf.ts'
import { osmXml } from '../world/osm-xml.ts'
import { smallTown } from '../world/regions.ts'

const { sql, drop } = await testDatabase()
afterEach(() => sql`truncate streets, street_points, barriers, buildings, areas, map_labels, regions, events`)
afterAll(drop)

const lane: SmallMap = {
  nodes: {
    1: [117.001, 36.601],
    2: [117.002, 36.601],
    3: [
      117.003,
      36.601,
      { barrier: 'gate', access: 'private' },
    ],
    10: [117.004, 36.602],
    11: [
      117.0042,
      36.602,
      { entrance: 'staircase' },
    ],
    12: [117.0042, 36.6022],
    13: [117.004, 36.6022],
    20: [
      117.005,
      36.605,
      { place: 'neighbourhood', name: '甸新' },
    ],
  },
  ways: {
    5: [
      [1, 2, 3],
      { highway: 'residential', name: '甸新路' },
    ],
    6: [
      [10, 11, 12, 13, 10],
      {
        'building': 'apartments',
        'building:levels': '6',
        'addr:street': '甸新路',
        'addr:housenumber': '3',
      },
    ],
    7: [
      [10, 12],
      { barrier: 'wall' },
    ],
  },
}

it('a street, a house with its door, a wall, a gate and a name come in, and the base map is announced once', async () => {
  expect(counts(await imported(sql, 'osm', osmXml(lane)))).toBe('6 created, 0 updated, 0 unchanged, 0 rejected')
  expect(await sql`select id, name, foot, nodes from streets`).toMatchObject([
    {
      id: 5,
      name: '甸新路',
      foot: true,
      nodes: [1, 2, 3],
    },
  ])
  expect(await sql`select id, address, floors, doors from buildings`).toMatchObject([
    {
      id: 6,
      address: '甸新路3号',
      floors: 6,
      doors: [11],
    },
  ])
  expect(await sql`select id, kind, passable from street_points order by id`).toMatchObject([
    { id: 3, kind: 'gate', passable: false },
    { id: 11, kind: 'entrance', passable: true },
  ])
  expect(await eventTypes(sql)).toEqual(['basemap.imported basemap'])
})

it('the same file again changes nothing and announces nothing', async () => {
  await imported(sql, 'osm', osmXml(lane))
  expect(counts(await imported(sql, 'osm', osmXml(lane)))).toBe('0 created, 0 updated, 6 unchanged, 0 rejected')
  expect(await eventTypes(sql)).toHaveLength(1)
})

it('XML, gzip and PBF of one map are one map', async () => {
  await imported(sql, 'osm', osmXml(lane))
  expect(counts(await imported(sql, 'osm', gzipSync(osmXml(lane))))).toContain('6 unchanged')
  expect(counts(await imported(sql, 'osm', osmPbf(lane), { format: 'osm-pbf' }))).toContain('6 unchanged')
})

it('a stream that can be read only once is imported as well', async () => {
  expect((await imported(sql, 'osm', '', {
    input: inPieces(osmXml(lane))(),
  })).created).toBe(6)
})

it('a dry run counts and leaves nothing', async () => {
  expect((await imported(sql, 'osm', osmXml(lane), { dryRun: true })).created).toBe(6)
  expect(await sql`select from streets`).toHaveLength(0)
  expect(await eventTypes(sql)).toEqual([])
})

it('ways before their nodes, as some editors save them, come in the same', async () => {
  const lines = osmXml(lane).split('\n')
  const ways = lines.filter(line => line.startsWith('<way'))
  const turned = [
    ...lines.slice(0, 2),
    ...ways,
    ...lines.slice(2).filter(line => !line.startsWith('<way')),
  ].join('\n')
  expect((await imported(sql, 'osm', turned)).created).toBe(6)
  expect(counts(await imported(sql, 'osm', osmXml(lane)))).toContain('6 unchanged')
})

describe('at the edge of the file’s bounds', () => {
  const crossing: SmallMap = {
    bounds: [117, 36.6, 117.01, 36.61],
    nodes: {
      1: [116.99, 36.605],
      2: [117.005, 36.605],
      3: [117.02, 36.605],
      4: [117.005, 36.62],
      5: [117.002, 36.605],
    },
    ways: {
      1: [
        [1, 2, 3],
        { highway: 'primary' },
      ],
      2: [
        [3, 4],
        { highway: 'primary' },
      ],
      3: [
        [2, 3, 2],
        { highway: 'path' },
      ],
    },
  }

  it('a way that goes through ends on both sides at the edge, and one outside stays out', async () => {
    await imported(sql, 'osm', osmXml(crossing))
    const [street] = await sql`select lngs, nodes from streets where id = 1`
    expect(street!.lngs).toEqual([117, 117.005, 117.01])
    expect(street!.nodes[1]).toBe(2)
    expect(street!.nodes[0]).toBeLessThan(0)
    expect(await sql`select from streets where id = 2`).toHaveLength(0)
  })

  it('two ways along one segment are cut at the same node', async () => {
    await imported(sql, 'osm', osmXml(crossing))
    const [[through], [there]] = await Promise.all([sql`select nodes from streets where id = 1`, sql`select nodes from streets where id = 3`])
    expect(there!.nodes.at(-1)).toBe(through!.nodes.at(-1))
  })

  it('a way that leaves and comes back is two streets; when it no longer leaves, the second piece goes', async () => {
    const horseshoe = {
      bounds: [117, 36.6, 117.01, 36.61] as [number, number, number, number],
      nodes: {
        1: [117.002, 36.602],
        2: [117.02, 36.602],
        3: [117.02, 36.608],
        4: [117.002, 36.608],
      } as SmallMap['nodes'],
      ways: {
        9: [
          [1, 2, 3, 4],
          { highway: 'residential' },
        ],
      } as SmallMap['ways'],
    }
    await imported(sql, 'osm', osmXml({ ...horseshoe, ways: horseshoe.ways! }))
    expect(await sql`select id from streets order by id`).toMatchObject([
      { id: 9 },
      { id: 9 + 2 ** 42 },
    ])
    await imported(sql, 'osm', osmXml({
      ...horseshoe,
      bounds: [117, 36.6, 117.03, 36.61],
      ways: horseshoe.ways!,
    }))
    expect(await sql`select id from streets`).toMatchObject([
      { id: 9 },
    ])
  })

  it('a lake is cut at the edge, a house is not', async () => {
    const square = [1, 2, 3, 4, 1]
    const nodes: SmallMap['nodes'] = {
      1: [117.009, 36.602],
      2: [117.012, 36.602],
      3: [117.012, 36.604],
      4: [117.009, 36.604],
    }
    await imported(sql, 'osm', osmXml({
      bounds: [117, 36.6, 117.01, 36.61],
      nodes,
      ways: {
        1: [
          square,
          { natural: 'water' },
        ],
        2: [
          square,
          { building: 'yes' },
        ],
      },
    }))
    const [[lake], [house]] = await Promise.all([sql`select bounds::text as text from areas`, sql`select bounds::text as text from buildings`])
    expect(lake!.text).toContain('(117.01,36.604)')
    expect(house!.text).toContain('(117.012,36.604)')
  })
})

it('a multipolygon becomes one area with its hole; its outline is not there a second time', async () => {
  const map: SmallMap = {
    nodes: {
      1: [117, 36.6],
      2: [117.01, 36.6],
      3: [117.01, 36.61],
      4: [117, 36.61],
      5: [117.004, 36.604],
      6: [117.006, 36.604],
      7: [117.005, 36.606],
    },
    ways: {
      1: [
        [1, 2, 3],
        { natural: 'water' },
      ],
      2: [
        [3, 4, 1],
        {},
      ],
      3: [
        [5, 6, 7, 5],
        { landuse: 'grass' },
      ],
    },
    relations: {
      8: [
        [
          ['way', 1, 'outer'],
          ['way', 2, 'outer'],
          ['way', 3, 'inner'],
        ],
        { type: 'multipolygon', natural: 'water' },
      ],
    },
  }
  await imported(sql, 'osm', osmXml(map))
  const areas = await sql`select id, class, jsonb_array_length(geometry -> 'coordinates') as rings from areas order by id`
  expect(areas).toMatchObject([
    { id: -8, class: 'water', rings: 2 },
    { id: 3, class: 'green', rings: 1 },
  ])
})

it('a house belongs to the compound around it, and everything to the subdistrict, also when that comes later', async () => {
  const map: SmallMap = {
    nodes: {
      ...lane.nodes,
      30: [117.0035, 36.6015],
      31: [117.0045, 36.6015],
      32: [117.0045, 36.6025],
      33: [117.0035, 36.6025],
    },
    ways: {
      ...lane.ways,
      8: [
        [30, 31, 32, 33, 30],
        { landuse: 'residential', name: '甸新小区', barrier: 'wall' },
      ],
    },
  }
  await imported(sql, 'osm', osmXml(map))
  expect(await sql`select compound, subdistrict, community from buildings`).toMatchObject([
    { compound: 8, subdistrict: '000000000', community: null },
  ])
  await imported(sql, 'regions', smallTown())
  expect(await sql`select compound, subdistrict, community, grid from buildings`).toMatchObject([
    {
      compound: 8,
      subdistrict: '370102009',
      community: '370102009001',
      grid: '370102009001001',
    },
  ])
  expect(await sql`select distinct subdistrict from streets`).toMatchObject([
    { subdistrict: '370102009' },
  ])
  expect(counts(await imported(sql, 'osm', osmXml(map)))).toContain('0 created, 0 updated')
})

it('of a large file, what lies more than 2 km outside of the subdistrict is left out, with a word', async () => {
  await imported(sql, 'regions', smallTown())
  const far: SmallMap = {
    nodes: {
      ...lane.nodes,
      40: [117.5, 36.9],
      41: [117.51, 36.9],
    },
    ways: {
      ...lane.ways,
      9: [
        [40, 41],
        { highway: 'primary' },
      ],
      10: [
        [1, 40],
        { highway: 'secondary' },
      ],
    },
  }
  const { notes } = await imported(sql, 'osm', osmXml(far))
  expect(notes.join()).toContain('2 km')
  expect(await sql`select id from streets order by id`).toMatchObject([
    { id: 5 },
    { id: 10 },
  ])
  const [cut] = await sql`select lngs from streets where id = 10`
  expect(Math.max(...cut!.lngs)).toBeLessThan(117.05)
})

describe('input that is broken leaves nothing behind', () => {
  const nothing = async () => {
    for (const table of [
      'streets',
      'buildings',
      'street_points',
      'events',
    ])
      expect(await sql`select from ${sql(table)}`).toHaveLength(0)
  }

  it('XML that is cut off: the message names the line', async () => {
    const xml = osmXml(lane)
    await expect(imported(sql, 'osm', xml.slice(0, xml.indexOf('</way>')))).rejects.toThrow(/line 12/)
    await nothing()
  })

  it('a tag that is not closed, deep in the file', async () => {
    await expect(imported(sql, 'osm', osmXml(lane).replace('</osm>', '<way id="8"><nd ref="1"></way></osm>'))).rejects.toThrow(/XML error in line \d+/)
    await nothing()
  })

  it('gzip that is cut off, and gzip that is damaged', async () => {
    const packed = gzipSync(osmXml(lane))
    await expect(imported(sql, 'osm', packed.subarray(0, packed.length - 20))).rejects.toThrow(/cut off/)
    const damaged = Buffer.from(packed)
    damaged.fill(0, 100, 140)
    await expect(imported(sql, 'osm', damaged)).rejects.toThrow(/damaged/)
    await nothing()
  })

  it('PBF that is cut off, damaged, or of a kind that is not read', async () => {
    const whole = osmPbf(lane)
    const options = { format: 'osm-pbf' as const }
    await expect(imported(sql, 'osm', whole.subarray(0, whole.length - 10), options)).rejects.toThrow(/cut off in block 2/)
    const damaged = Buffer.from(whole)
    damaged.fill(7, damaged.length - 60, damaged.length - 20)
    await expect(imported(sql, 'osm', damaged, options)).rejects.toThrow(/Block 2/)
    await expect(imported(sql, 'osm', osmPbf(lane, {
      features: ['HistoricalInformation'],
    }), options)).rejects.toThrow(/HistoricalInformation/)
    await expect(imported(sql, 'osm', osmXml(lane), options)).rejects.toThrow(/no OSM PBF/)
    await nothing()
  })

  it('an entity bomb is refused where the DTD ends', async () => {
    const bomb = `<?xml version="1.0"?>\n<!DOCTYPE osm [<!ENTITY a "${'x'.repeat(50)}"><!ENTITY b "&a;&a;&a;">]>\n<osm version="0.6"><node id="1" lat="1" lon="1"><tag k="name" v="&b;"/></node></osm>`
    await expect(imported(sql, 'osm', bomb)).rejects.toThrow(/document type; entities are not accepted/)
    await expect(imported(sql, 'osm', '<osm version="0.6"><node id="1" lat="1" lon="1"><tag k="name" v="&b;"/></node></osm>')).rejects.toThrow(/line 1/)
  })

  it.each([
    ['nothing at all', '', /empty/],
    ['no node', '<osm version="0.6"></osm>', /no nodes/],
    ['a change file', '<osmChange version="0.6"></osmChange>', /change file/],
    ['another XML', '<gpx></gpx>', /<gpx>/],
    [
      'bytes that are not UTF-8',
      Buffer.from('<osm version="0.6"><node id="1" lat="1" lon="1"><tag k="name" v="\xC4\xFA"/></node></osm>', 'latin1'),
      /UTF-8/,
    ],
  ])('%s', async (_, content, message) => {
    await expect(imported(sql, 'osm', content)).rejects.toThrow(message)
  })
})

it('single bad elements are rejected by name, the rest comes in', async () => {
  const xml = osmXml({
    ...lane,
    ways: {
      ...lane.ways,
      50: [
        [1, 999],
        { highway: 'footway' },
      ],
      51: [
        [10, 11, 12],
        { building: 'yes' },
      ],
    },
  })
    .replace('<way id="5">', '<node id="60" lat="95" lon="200"/>\n<node id="x" lat="1" lon="1"/>\n<way id="5">')
  const { rejects, created } = await imported(sql, 'osm', xml)
  expect(created).toBe(6)
  expect(rejects.map(({ at, reason }) => `${at}: ${reason}`)).toEqual([
    expect.stringMatching(/node\/60 \(line \d+\): .*lon 200, lat 95/),
    expect.stringMatching(/node\/x .*“x” is no whole number/),
    expect.stringMatching(/way\/50: .*only 1 of its 2 nodes/),
    expect.stringMatching(/way\/51: .*not closed/),
  ])
})
