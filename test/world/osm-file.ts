import { Buffer } from 'node:buffer'

const columns = 2000
const step = 0.0002

/**
 * A grid town as OSM XML of about the size asked for, made while it is read: nodes first, then a street along every row and
 * a building in every tenth cell, as an export of a flat town would be. Ten nodes make some 1.4 kB.
 */
export async function* osmFile({ megabytes }: { megabytes: number }): AsyncGenerator<Uint8Array> {
  const rows = Math.max(2, Math.floor(megabytes * 1e6 / (columns * 124)))
  yield Buffer.from('<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="test">\n')
  for (let row = 0; row < rows; row++) {
    let text = ''
    for (let column = 0; column < columns; column++)
      text += `  <node id="${row * columns + column + 1}" visible="true" version="1" lat="${(36 + row * step).toFixed(7)}" lon="${(117 + column * step).toFixed(7)}"/>\n`
    yield Buffer.from(text)
  }
  for (let row = 0; row < rows; row++) {
    let text = ''
    for (let column = 0; column + 20 < columns; column += 20) {
      text += `  <way id="${1 + (row * columns + column) * 2}" version="1">\n${refs(Array.from({ length: 21 }, (_, i) => row * columns + column + i + 1))}    <tag k="highway" v="residential"/>\n    <tag k="name" v="第${row}街"/>\n  </way>\n`
      if (row + 1 < rows && column % 100 === 0) {
        const corner = row * columns + column + 1
        text += `  <way id="${2 + (row * columns + column) * 2}" version="1">\n${refs([
          corner,
          corner + 1,
          corner + columns + 1,
          corner + columns,
          corner,
        ])}    <tag k="building" v="apartments"/>\n    <tag k="building:levels" v="6"/>\n  </way>\n`
      }
    }
    yield Buffer.from(text)
  }
  yield Buffer.from('</osm>\n')
}

function refs(nodes: readonly number[]): string {
  return nodes.map(node => `    <nd ref="${node}"/>\n`).join('')
}
