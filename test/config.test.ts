import { expect, it } from 'vitest'
import { parseConfig } from '../server/config.ts'
import { loopbackProxies } from '../server/http/client-address.ts'
import { defaultRateLimits } from '../server/http/rate-limit-settings.ts'

it('without any setting the server is on this machine only and shows the demo town', () => {
  expect(parseConfig({}, '/srv/huizhi')).toEqual({
    port: 8080,
    host: '127.0.0.1',
    databaseUrl: null,
    dataDir: '/srv/huizhi/data',
    demo: true,
    demoPassword: null,
    publicOrigin: null,
    basemap: { from: 'streets' },
    tiandituKey: null,
    personalDataKey: null,
    serverSecret: null,
    trustedProxies: loopbackProxies,
    rateLimits: defaultRateLimits,
    caseRules: null,
    oidc: null,
    logLevel: 'info',
  })
})

it('an empty variable counts as not set, blanks around a value are dropped', () => {
  expect(parseConfig({ PORT: '', DATABASE_URL: ' ', HOST: ' 0.0.0.0 ' })).toMatchObject({ port: 8080, databaseUrl: null, host: '0.0.0.0' })
})

it('a relative DATA_DIR starts at the program, an absolute one stays', () => {
  expect(parseConfig({ DATA_DIR: '../elsewhere' }, '/srv/huizhi').dataDir).toBe('/srv/elsewhere')
  expect(parseConfig({ DATA_DIR: '/var/lib/huizhi' }, '/srv/huizhi').dataDir).toBe('/var/lib/huizhi')
})

it('BASEMAP is a .pmtiles file or the address of a style', () => {
  expect(parseConfig({ BASEMAP: 'maps/jinan.pmtiles' }, '/srv').basemap).toEqual({ from: 'pmtiles', file: '/srv/maps/jinan.pmtiles' })
  expect(parseConfig({ BASEMAP: 'https://tiles.example/style.json' }).basemap).toEqual({ from: 'style', url: 'https://tiles.example/style.json' })
})

it('an origin loses its trailing slash', () => {
  expect(parseConfig({ PUBLIC_ORIGIN: 'https://zhihui.example/' }).publicOrigin).toBe('https://zhihui.example')
})

it.each([
  'postgres://huizhi:secret@db.example:5432/huizhi',
  'postgresql://127.0.0.1/huizhi',
  'postgres://huizhi:secret@one:5432,two:5432/huizhi?target_session_attrs=primary',
])('%s is a database', (url) => {
  expect(parseConfig({ DATABASE_URL: url }).databaseUrl).toBe(url)
})

it.each([
  { PORT: '80a' },
  { PORT: '-1' },
  { PORT: '65536' },
  { PORT: '8080.5' },
  { HOST: 'two words' },
  { DATABASE_URL: 'db.example' },
  { DATABASE_URL: 'mysql://db.example/huizhi' },
  { DATABASE_URL: 'postgres://' },
  { DATABASE_URL: 'postgres://db.example:port/huizhi' },
  { DEMO: 'yes' },
  { DEMO_PASSWORD: '123' },
  { PUBLIC_ORIGIN: 'zhihui.example' },
  { PUBLIC_ORIGIN: 'https://zhihui.example/wall' },
  { BASEMAP: 'map.mbtiles' },
  { TRUSTED_PROXIES: 'proxy.example' },
  { TIANDITU_KEY: 'a b' },
  { LOG_LEVEL: 'loud' },
])('%o ends the start with one line that names the variable', (environment) => {
  const [name] = Object.keys(environment)
  expect(() => parseConfig(environment)).toThrow(new RegExp(`^环境变量 ${name} 有误 · ${name} must [^\\n]+$`))
})

it('several wrong values are named together', () => {
  expect(() => parseConfig({ PORT: 'x', DEMO: '2' })).toThrow(/PORT.*DEMO/)
})
