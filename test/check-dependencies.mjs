// Part of `npm run check`: licences of what is installed for production, and what the registry knows of faults in it.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import process from 'node:process'

/** What may be given away with an MIT program, and run inside an office, without a condition that it would have to meet. */
const allowed = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'CC-BY-4.0',
  'EDL-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'Zlib',
])

/** What the text of the licence is where the manifest does not say it rightly; read in the package's own LICENSE or README. */
const readByHand = {
  'arc@0.2.0': 'BSD-2-Clause',
  'png-js@2.0.0': 'MIT',
  'splaytree-ts@1.0.2': 'BSD-3-Clause',
}

/** LGPL: used as it comes, a library of its own that anybody may exchange (libvips of sharp). */
const asLibrary = /^@img\/sharp-/

/**
 * `(MIT OR GPL-3.0)` → true: one of several is enough; `MIT AND GPL-3.0` → false: all have to be met.
 *
 * @param {string} expression SPDX
 */
function isAllowed(expression) {
  return expression.replace(/[()]/g, '').split(/\s+OR\s+/i).some(part => part.split(/\s+AND\s+/i).every(licence => allowed.has(licence.trim())))
}

/** @returns {string[]} one line for each package whose licence is not on the list */
function refusedLicences() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && !dev)
    .flatMap(([path]) => {
      let manifest
      try {
        manifest = JSON.parse(readFileSync(`${path}/package.json`, 'utf8'))
      }
      catch {
        return [] // for another platform
      }
      const { name, version, license, licenses } = manifest
      const said = readByHand[`${name}@${version}`] ?? (typeof license === 'string'
        ? license
        : license?.type ?? licenses?.map(({ type }) => type).join(' OR ') ?? 'none')
      return isAllowed(said) || (asLibrary.test(name) && /LGPL/.test(said))
        ? []
        : [`${name}@${version}: ${said}`]
    })
}

/** @returns {Promise<{ found: string[] } | { unchecked: string }>} what is known as high or critical */
function knownFaults() {
  return new Promise((resolve) => {
    execFile('npm', ['audit', '--omit=dev', '--json'], { maxBuffer: 2 ** 26, timeout: 60_000 }, (_error, output) => {
      let report
      try {
        report = JSON.parse(output)
      }
      catch {
        return resolve({ unchecked: 'npm audit gave no answer' })
      }
      if (!report.vulnerabilities)
        return resolve({ unchecked: report.error?.summary || report.message || 'the registry does not answer' })
      resolve({
        found: Object.values(report.vulnerabilities)
          .filter(({ severity }) => severity === 'high' || severity === 'critical')
          .map(({ name, severity, range }) => `${name} ${range}: ${severity}`),
      })
    })
  })
}

const refused = refusedLicences()
refused.forEach(line => console.error(`✗ licence not on the list: ${line}`))
const faults = await knownFaults()
if ('unchecked' in faults)
  console.log('known vulnerabilities were not checked: the registry does not answer')
else
  faults.found.forEach(line => console.error(`✗ known vulnerability: ${line}`))
if (refused.length > 0 || ('found' in faults && faults.found.length > 0))
  process.exitCode = 1
else
  console.log('licences of all production packages are on the list')
