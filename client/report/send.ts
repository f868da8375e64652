import type { Outgoing, SendOutcome } from './outbox.ts'

/**
 * Sends photos that are not on the server yet, one by one, then what was written with their ids. A photo that the server cannot
 * use is left out rather than keep the report from going.
 */
export async function sendOutgoing(item: Outgoing, onUploaded: (item: Outgoing) => Promise<void>): Promise<SendOutcome> {
  for (let next = item.uploaded.length; next < item.photos.length; next++) {
    const photo = await post(item.path === '/api/v1/reports'
      ? '/api/v1/reports/photos'
      : '/api/v1/uploads', item.photos[next]!, { 'Content-Type': 'image/jpeg' })
    if ('retryAfterSeconds' in photo)
      return photo
    item.uploaded.push('sent' in photo
      ? (photo.sent as { id: string }).id
      : '')
    await onUploaded(item)
  }
  const photos = item.uploaded.filter(Boolean)
  return await post(item.path, JSON.stringify({
    ...item.body,
    ...(photos.length > 0 && { photos }),
  }), { 'Content-Type': 'application/json', 'Idempotency-Key': item.key })
}

/** Also for questions that nothing keeps: where a report stands. */
export async function post(path: string, body: BodyInit, headers: Record<string, string>): Promise<SendOutcome> {
  let response: Response
  try {
    response = await fetch(path, {
      method: 'POST',
      body,
      headers,
      signal: AbortSignal.timeout(60_000),
    })
  }
  catch {
    return { retryAfterSeconds: null }
  }
  try {
    if (response.ok) {
      return {
        sent: await response.json(),
      }
    }
    if (response.status === 429 || response.status === 503) {
      return {
        retryAfterSeconds: Number(response.headers.get('Retry-After')) || 30,
      }
    }
    if (response.status >= 500)
      return { retryAfterSeconds: null }
    const problem = await response.json() as { title?: string, detail?: string, errors?: { path: string, message: string }[] }
    return {
      refused: problem.errors?.map(({ path, message }) => `${path} ${message}`).join('; ') || problem.detail || problem.title || String(response.status),
      status: response.status,
    }
  }
  catch {
    // A portal of the network answered in the server's place, or the answer broke off.
    return { retryAfterSeconds: null }
  }
}
