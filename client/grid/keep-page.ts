/** Has the browser keep this page for when there is no network; where it cannot (plain HTTP from another machine), the page works as any. */
export async function keepPage(): Promise<void> {
  if (!('serviceWorker' in navigator))
    return
  await navigator.serviceWorker.register('/grid-worker.js', { scope: '/grid' })
  const { active } = await navigator.serviceWorker.ready
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name)).filter(({ origin }) => origin === location.origin).map(({ pathname }) => pathname)
  active?.postMessage({
    files: [
      ...new Set([...loaded, '/icon.svg', '/grid.webmanifest']),
    ],
  })
}
