import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { credentials } from './account.ts'

export interface Acknowledged { key: string, id: string }

/** Registers a case, again and again with the same key until it is acknowledged: what a careful sender does. */
export async function registerSurely(url: () => string, content: string): Promise<Acknowledged> {
  const key = randomUUID()
  for (;;) {
    const answer = await fetch(`${url()}/api/v1/cases`, {
      method: 'POST',
      headers: { ...credentials.headers, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({
        content,
        location: { lng: 117.1, lat: 36.6 },
      }),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null)
    if (answer?.status === 201)
      return { key, id: (await answer.json() as { id: string }).id }
    if (answer && answer.status < 500)
      throw new Error(`${answer.status}: ${await answer.text()}`)
    await answer?.body?.cancel()
    await sleep(50)
  }
}

/** `writers` at once, until `count` are acknowledged or `enough` says so. */
export async function manyWriters(url: () => string, writers: number, count: number, onAcknowledged?: (all: Acknowledged[]) => void): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = []
  let begun = 0
  await Promise.all(Array.from({ length: writers }, async () => {
    while (begun < count) {
      acknowledged.push(await registerSurely(url, `case ${++begun}`))
      onAcknowledged?.(acknowledged)
    }
  }))
  return acknowledged
}
