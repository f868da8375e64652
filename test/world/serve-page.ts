import type { AddressInfo } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import process from 'node:process'
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { build } from 'vite'

const repository = resolve(import.meta.dirname, '../..')

export interface ServedPage {
  url: string
  close: () => Promise<void>
}

/**
 * Builds a folder with an index.html as Vite builds the screens and serves it with the given routes beside it, on a free port of the
 * loopback address. Built, not served from source: a page then loads at once and never reloads itself.
 */
export async function servePage(folder: string, routes: Hono = new Hono()): Promise<ServedPage> {
  const outDir = await mkdtemp(join(tmpdir(), 'huizhi-page-'))
  await build({
    configFile: false,
    root: resolve(repository, folder),
    logLevel: 'warn',
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      minify: false,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 5000,
    },
  })
  const app = new Hono()
  app.route('/', routes)
  app.get('/favicon.ico', c => c.body(null, 204))
  app.use('*', serveStatic({
    root: relative(process.cwd(), outDir),
  }))
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise<void>(ready => server.once('listening', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      await new Promise(done => server.close(done))
      await rm(outDir, { recursive: true, force: true })
    },
  }
}
