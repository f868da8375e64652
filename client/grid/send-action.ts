import type { Outgoing, SendOutcome } from '../report/outbox.ts'
import { post } from '../report/send.ts'

/** Sends the photos and the voice note that are not on the server yet, then the action with them as evidence: once, however often it is tried. */
export async function sendAction(item: Outgoing, onUploaded: (item: Outgoing) => Promise<void>): Promise<SendOutcome> {
  for (let next = item.uploaded.length; next < item.photos.length; next++) {
    const photo = await post('/api/v1/uploads', item.photos[next]!, {
      'Content-Type': item.photos[next]!.type || 'image/jpeg',
    })
    if (!('sent' in photo))
      return photo
    item.uploaded.push((photo.sent as { id: string }).id)
    await onUploaded(item)
  }
  const { evidence = [], ...said } = item.body as { evidence?: unknown[] }
  const all = [
    ...evidence,
    ...item.uploaded.map(upload => ({ kind: 'photo', upload })),
  ]
  return await post(item.path, JSON.stringify({
    ...said,
    ...all.length > 0 && { evidence: all },
  }), { 'Content-Type': 'application/json', 'Idempotency-Key': item.key })
}
