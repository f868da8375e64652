import type { LoggedEvent } from './logged-event.ts'
import type { View } from './view.ts'
import { Packet } from './packet.ts'
import { eventText } from './view.ts'

/** Events in one message at most, and characters of their JSON at most (a single larger event goes alone). */
const most = { events: 500, characters: 256 * 1024 }

export interface Chunk {
  /** number of the last event looked at; the message speaks for all up to it */
  to: number
  /** the events that the view sees, as JSON */
  texts: string[]
}

/** Cuts a run of events into messages for a view; a chunk without texts says that nothing in it concerns the view. */
export function chunksFor(events: readonly LoggedEvent[], view: View): Chunk[] {
  const chunks: Chunk[] = []
  let texts: string[] = []
  let characters = 0
  let to = 0
  const close = () => {
    if (to > 0)
      chunks.push({ to, texts })
    texts = []
    characters = 0
  }
  for (const event of events) {
    const text = eventText(event, view)
    if (text !== null) {
      if (texts.length > 0 && (texts.length >= most.events || characters + text.length > most.characters))
        close()
      texts.push(text)
      characters += text.length
    }
    to = event.seq
  }
  close()
  return chunks
}

/** A message that says what happened from number `from` (the last message's `to` + 1) to the end of the chunk. */
export function changesPacket(epoch: string, from: number, { to, texts }: Chunk, at = Date.now()): Packet {
  return new Packet('changes', `{"epoch":"${epoch}","from":${from},"to":${to},"at":${at},"events":[${texts.join(',')}]}`)
}
