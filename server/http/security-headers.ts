import type { MiddlewareHandler } from 'hono'
import type { Config } from '../config.ts'
import { secureHeaders } from 'hono/secure-headers'

/** Desk pages use Naive UI, which writes its styles into the page while it runs. The wall and the resident's form do not. */
const deskPages = /^\/(?:duty|plan|grid|admin)(?:\/|$)/

/**
 * Answers of the API are data: whoever opens one as a page may do nothing with it. Set before the answer is made, which
 * is a tenth of the time of a small request cheaper than to change it afterwards.
 */
const answerHeaders = Object.entries({
  'Content-Security-Policy': 'default-src \'none\'; frame-ancestors \'none\'',
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
  const headersWith = (styles: string[]) => secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ['\'self\''],
      scriptSrc: ['\'self\''],
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
      objectSrc: ['\'none\''],
      baseUri: ['\'none\''],
      formAction: ['\'self\''],
      frameAncestors: ['\'none\''],
    },
    permissionsPolicy: {
      camera: ['self'],
      geolocation: ['self'],
      microphone: false,
      payment: false,
      usb: false,
    },
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    // Only a server behind TLS may promise TLS.
    strictTransportSecurity: config.publicOrigin?.startsWith('https://')
      ? 'max-age=31536000; includeSubDomains'
      : false,
  })
  const strict = headersWith([])
  const desk = headersWith(['\'unsafe-inline\''])
  return (c, next) => {
    if (c.req.path.startsWith('/api/')) {
      for (const [name, value] of answerHeaders)
        c.header(name, value)
      return next()
    }
    return (deskPages.test(c.req.path)
      ? desk
      : strict)(c, next)
  }
}
