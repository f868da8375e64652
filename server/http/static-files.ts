import type { MiddlewareHandler } from 'hono'
import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { getMimeType } from 'hono/utils/mime'

type Encoding = 'br' | 'gzip' | 'identity'

interface StaticFile {
  /** Time of change and size: another one means that the client was built anew. */
  stamp: string
  type: string
  etag: string
  bodies: { identity: Promise<Uint8Array<ArrayBuffer>> } & Partial<Record<Encoding, Promise<Uint8Array<ArrayBuffer>>>>
}

const compress = {
  // Quality 6 is a third of a second for all the wall's scripts together, once; 11 would be ten times that for 5 % less.
  br: (bytes: Uint8Array) => promisify(brotliCompress)(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes),
}

/**
 * Serves a folder, such as the built client. Files are kept in memory, compressed once for each encoding. What lies in
 * assets/ has a hash in its name and is kept for ever by browsers; all else is asked for again.
 */
export function staticFiles(folder: string): MiddlewareHandler {
  const files = new Map<string, StaticFile>()

  async function fileAt(path: string): Promise<StaticFile | null> {
    const full = join(folder, path)
    const found = await stat(full).catch(() => null)
    if (!found?.isFile())
      return null
    const stamp = `${found.mtimeMs}-${found.size}`
    const known = files.get(path)
    if (known?.stamp === stamp)
      return known
    const bytes = await readFile(full)
    const fresh: StaticFile = {
      stamp,
      type: getMimeType(path) ?? 'application/octet-stream',
      etag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
      bodies: {
        identity: Promise.resolve(new Uint8Array(bytes)),
      },
    }
    files.set(path, fresh)
    return fresh
  }

  return async (c, next) => {
    const path = filePath(c.req.path)
    const file = ['GET', 'HEAD'].includes(c.req.method) && path !== null
      ? await fileAt(path)
      : null
    if (!file)
      return next()
    const encoding = encodingFor(file.type, c.req.header('Accept-Encoding'))
    const etag = `"${file.etag}${encoding === 'identity'
      ? ''
      : `-${encoding}`}"`
    c.header('ETag', etag)
    c.header('Vary', 'Accept-Encoding')
    c.header('Cache-Control', path!.startsWith('assets/')
      ? 'public, max-age=31536000, immutable'
      : 'no-cache')
    if (c.req.header('If-None-Match')?.split(/\s*,\s*/).includes(etag))
      return c.body(null, 304)
    const body = await (bodyOf(file, encoding))
    c.header('Content-Type', file.type)
    c.header('Content-Length', String(body.length))
    if (encoding !== 'identity')
      c.header('Content-Encoding', encoding)
    return c.req.method === 'HEAD'
      ? c.body(null)
      : c.body(body)
  }
}

function bodyOf({ bodies }: StaticFile, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  return encoding === 'identity'
    ? bodies.identity
    : bodies[encoding] ??= bodies.identity.then(async bytes => new Uint8Array(await compress[encoding](bytes)))
}

function encodingFor(type: string, accepted = ''): Encoding {
  if (!/^text\/|json|javascript|svg|xml|wasm/.test(type))
    return 'identity'
  const takes = (encoding: string) => new RegExp(`(?:^|,)\\s*${encoding}\\s*(?:,|$|;\\s*q=(?!0(?:\\.0*)?\\s*(?:,|$)))`).test(accepted)
  return takes('br')
    ? 'br'
    : takes('gzip')
      ? 'gzip'
      : 'identity'
}

/** '/wall' → 'wall/index.html', '/assets/wall-1a2b.js' → itself; null for what names no file of ours. */
function filePath(urlPath: string): string | null {
  const path = urlPath.replace(/^\/|\/$/g, '')
  if (!/^(?:[\w-][\w.-]*(?:\/[\w-][\w.-]*)*)?$/.test(path))
    return null
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name.includes('.')
    ? path
    : path === ''
      ? 'index.html'
      : `${path}/index.html`
}
