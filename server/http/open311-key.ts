import type { MiddlewareHandler } from 'hono'

/** GeoReport v2 sends the key in the form; here an account's token is it, and is read where every other token is. */
export function open311Key(): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method === 'POST' && !c.req.header('Authorization')) {
      const key = new URLSearchParams(await c.req.text()).get('api_key')
      if (key && /^[\x21-\x7E]{1,500}$/.test(key))
        c.req.raw.headers.set('Authorization', `Bearer ${key}`)
    }
    await next()
  }
}
