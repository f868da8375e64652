/**
 * Lets the grid worker's page open without a network: the page itself is asked for anew and kept for when nobody answers; what lies
 * in assets/ has a hash in its name and is asked for once. Nothing of the API is ever kept here.
 */
const cacheName = 'huizhi-grid'
const patienceMs = 4000

self.addEventListener('install', event => event.waitUntil(keepPage().then(() => self.skipWaiting())))
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))

/** What the page loaded before this worker was there. */
self.addEventListener('message', event => event.waitUntil(keepFiles(event.data.files)))

self.addEventListener('fetch', (event) => {
  const { method, mode, url } = event.request
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== self.location.origin)
    return
  if (mode === 'navigate')
    event.respondWith(pageOrKept())
  else if (isFile(pathname))
    event.respondWith(keptOrFile(event.request))
})

function isFile(pathname) {
  return pathname.startsWith('/assets/') || pathname === '/icon.svg' || pathname === '/grid.webmanifest'
}

async function keepPage() {
  const response = await fetch('/grid', { signal: AbortSignal.timeout(patienceMs) })
  if (response.ok && !response.redirected) {
    const cache = await caches.open(cacheName)
    await cache.put('/grid', response.clone())
  }
  return response
}

async function pageOrKept() {
  try {
    return await keepPage()
  }
  catch {
    return await caches.match('/grid') ?? Response.error()
  }
}

async function keptOrFile(request) {
  const kept = await caches.match(request, { cacheName })
  if (kept)
    return kept
  const response = await fetch(request)
  if (response.ok)
    await (await caches.open(cacheName)).put(request, response.clone())
  return response
}

/** Keeps these, and drops the files of earlier builds. */
async function keepFiles(files) {
  const cache = await caches.open(cacheName)
  const wanted = new Set(files.filter(path => isFile(path)))
  await Promise.all([...wanted].map(async path => await cache.match(path) ?? cache.add(path)))
  for (const { url } of await cache.keys()) {
    const { pathname } = new URL(url)
    if (pathname.startsWith('/assets/') && !wanted.has(pathname))
      await cache.delete(url)
  }
}
