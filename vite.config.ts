import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const client = resolve(import.meta.dirname, 'client')

/** Each screen is an entry of its own, so that a wall starts fast and a cheap phone loads little. */
const screens = [
  '',
  'wall',
  'duty',
  'plan',
  'grid',
  'report',
  'admin',
  'sign-in',
]
  .map(screen => resolve(client, screen, 'index.html'))
  .filter(page => existsSync(page))

async function contractHash(): Promise<string> {
  const file = resolve(import.meta.dirname, 'server/contract/hash.ts')
  if (!existsSync(file))
    return 'none'
  const { contractHash } = await import(file)
  return contractHash()
}

export default defineConfig(async () => ({
  root: client,
  publicDir: resolve(client, 'public'),
  plugins: [
    vue(),
  ],
  define: {
    __CONTRACT__: JSON.stringify(await contractHash()),
  },
  worker: { format: 'es' as const },
  build: {
    outDir: resolve(import.meta.dirname, 'dist'),
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
    rollupOptions: { input: screens },
  },
  test: {
    root: import.meta.dirname,
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/postgres.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
}))
