import type { MiddlewareHandler } from 'hono'
import type { Config } from '../config.ts'
import { secureHeaders } from 'hono/secure-headers'

/** Desk pages use Naive UI, which writes its styles into the page while it runs. The wall and the resident's form do not. */
const deskPages = /^\/(?:duty|plan|admin)(?:\/|$)/
/** Pages on a phone: where one stands, photos, voice notes. */
const phonePages = /^\/(?:grid|report)(?:\/|$)/

/** The one worker that runs a WebAssembly module, the solver. A worker follows the policy of its own file. */
const solverFile = /^\/assets\/siting-worker-[^/]*\.js$/

const aYear = 'max-age=31536000; includeSubDomains'

/**
 * Answers of the API are data: whoever opens one as a page may do nothing with it. Set before the answer is made, which
 * is a tenth of the time of a small request cheaper than to change it afterwards.
 */
const answerHeaders = Object.entries({
  'Content-Security-Policy': 'default-src \'none\'; frame-ancestors \'none\'',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cache-Control': 'private, no-cache',
})

/**
 * Scripts come from here only, and none is written into a page. MapLibre draws in workers from our own files and makes
 * images from blobs; a base map from elsewhere adds its hosts.
 */
export function securityHeaders(config: Pick<Config, 'basemap' | 'tiandituKey' | 'publicOrigin'>): MiddlewareHandler {
  const mapHosts = [
    ...(config.basemap.from === 'style'
      ? [new URL(config.basemap.url).origin]
      : []),
    ...(config.tiandituKey
      ? ['https://*.tianditu.gov.cn']
      : []),
  ]
  // Only a server behind TLS may promise TLS.
  const isSecure = config.publicOrigin?.startsWith('https://') === true
  const headersWith = ({ styles, devices, scripts = [] }: { styles: string[], devices: boolean, scripts?: string[] }) => secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ['\'self\''],
      scriptSrc: ['\'self\'', ...scripts],
      styleSrc: ['\'self\'', ...styles],
      imgSrc: [
        '\'self\'',
        'data:',
        'blob:',
        ...mapHosts,
      ],
      connectSrc: ['\'self\'', ...mapHosts],
      workerSrc: ['\'self\'', 'blob:'],
      fontSrc: ['\'self\'', 'data:'],
      mediaSrc: ['\'self\'', 'blob:'],
      objectSrc: ['\'none\''],
      baseUri: ['\'none\''],
      formAction: ['\'self\''],
      frameAncestors: ['\'none\''],
    },
    crossOriginOpenerPolicy: 'same-origin',
    crossOriginResourcePolicy: 'same-origin',
    permissionsPolicy: {
      camera: devices
        ? ['self']
        : false,
      geolocation: devices
        ? ['self']
        : false,
      microphone: devices
        ? ['self']
        : false,
      payment: false,
      usb: false,
    },
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    strictTransportSecurity: isSecure && aYear,
  })
  const inline = ['\'unsafe-inline\'']
  const wall = headersWith({ styles: [], devices: false })
  const desk = headersWith({ styles: inline, devices: false })
  const solver = headersWith({
    styles: [],
    devices: false,
    scripts: ['\'wasm-unsafe-eval\''],
  })
  const phone = headersWith({ styles: [], devices: true })
  const forAnswers = [
    ...answerHeaders,
    ...(isSecure
      ? [
          ['Strict-Transport-Security', aYear] as const,
        ]
      : []),
  ]

  return async (c, next) => {
    const { path } = c.req
    if (path.startsWith('/api/') || path.startsWith('/open311/')) {
      for (const [name, value] of forAnswers)
        c.header(name, value)
      await next()
      // The accounts' library makes answers of its own, which know nothing of what was set before.
      if (path.startsWith('/api/auth/')) {
        for (const [name, value] of forAnswers)
          c.res.headers.set(name, value)
        c.res.headers.set('Cache-Control', 'no-store')
      }
      return
    }
    if (solverFile.test(path))
      return solver(c, next)
    if (phonePages.test(path))
      return phone(c, next)
    return deskPages.test(path)
      ? desk(c, next)
      : wall(c, next)
  }
}
