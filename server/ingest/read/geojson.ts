import type { Source } from './input.ts'
import type { RowStream, SourceRow } from './rows.ts'
import { UnusableInput } from '../import-request.ts'
import { decodeText, detectEncoding } from './encoding.ts'
import { JsonFault, JsonText } from './json-text.ts'

const batchRows = 200

/** A GeoJSON FeatureCollection, feature by feature; nothing is kept but the batch at hand. */
export function readGeojson(source: Source, onBytes?: (bytes: number) => void): RowStream {
  const headers: string[] = []
  return {
    headers,
    rows: batches(source, headers, onBytes),
  }
}

async function* batches(source: Source, headers: string[], onBytes?: (bytes: number) => void): AsyncGenerator<SourceRow[]> {
  const positions = new Map<string, number>()
  let batch: SourceRow[] = []
  let number = 0
  for await (const feature of features(source, onBytes)) {
    batch.push(rowOf(feature, ++number, headers, positions))
    if (batch.length >= batchRows) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0)
    yield batch
}

async function* features(source: Source, onBytes?: (bytes: number) => void): AsyncGenerator<unknown> {
  const encoding = await detectEncoding(source.open())
  const text = new JsonText(decodeText(source.open(onBytes), encoding))
  let count = 0
  let found: string | null = null
  try {
    if (await text.peek() === '')
      throw new UnusableInput('文件是空的 · The file is empty.')
    await text.take('{')
    for (let isFirst = true; await text.peek() !== '}'; isFirst = false) {
      if (!isFirst)
        await text.take(',')
      const key = await text.value()
      await text.take(':')
      if (key === 'features' && await text.peek() === '[') {
        found = 'FeatureCollection'
        await text.take('[')
        for (; await text.peek() !== ']'; count++) {
          if (count > 0)
            await text.take(',')
          yield await text.value()
        }
        await text.take(']')
      }
      else {
        const value = await text.value()
        if (key === 'crs')
          checkCrs(value)
        else if (key === 'type' && typeof value === 'string')
          found ??= value
      }
    }
    await text.take('}')
  }
  catch (error) {
    if (!(error instanceof JsonFault))
      throw error
    const where = `第 ${count + 1} 个要素，第 ${error.line} 行`
    throw new UnusableInput(error.isCutOff
      ? `GeoJSON 文件不完整（${where}） · The GeoJSON file is cut off in feature ${count + 1}, line ${error.line}. Nothing was imported.`
      : `GeoJSON 有语法错误（${where}） · JSON error in feature ${count + 1}, line ${error.line}: ${error.message}. Nothing was imported.`)
  }
  if (found !== 'FeatureCollection') {
    throw new UnusableInput(`不是 GeoJSON FeatureCollection · This is no GeoJSON FeatureCollection${found
      ? ` but a ${found}`
      : ''}.`)
  }
}

function rowOf(feature: unknown, at: number, headers: string[], positions: Map<string, number>): SourceRow {
  const original = () => feature
  if (!isObject(feature) || feature.type !== 'Feature') {
    return {
      at,
      cells: [],
      fault: '不是 Feature · this is no GeoJSON Feature',
      original,
    }
  }
  const cells: unknown[] = []
  // A feature's own id counts as a property, unless there is one of that name.
  const properties = {
    ...feature.id === undefined
      ? {}
      : { id: feature.id },
    ...isObject(feature.properties)
      ? feature.properties
      : {},
  }
  for (const [name, value] of Object.entries(properties)) {
    let position = positions.get(name)
    if (position === undefined) {
      position = headers.push(name) - 1
      positions.set(name, position)
    }
    cells[position] = value
  }
  return {
    at,
    cells,
    geometry: feature.geometry ?? null,
    original,
  }
}

/** RFC 7946 knows only WGS84. Older files name a system: those that are the same within centimetres pass. */
function checkCrs(crs: unknown): void {
  const name = isObject(crs) && isObject(crs.properties)
    ? String(crs.properties.name ?? '')
    : ''
  if (name && !/(?:CRS84|EPSG:+(?:[\d.]*:)?(?:4326|4490|4979))$/i.test(name))
    throw new UnusableInput(`坐标系 ${name} 不受支持 · The file’s coordinates are in ${name}. Convert it to WGS84 first (ogr2ogr -t_srs EPSG:4326).`)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
