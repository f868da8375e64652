import type { EventRing } from './event-ring.ts'
import type { Outbox } from './outbox.ts'
import type { Packet } from './packet.ts'
import type { View } from './view.ts'
import { changesPacket, chunksFor } from './changes.ts'

/** Who looks at the same view and has the same events. */
export interface Room {
  view: View
  members: Set<Member>
  /** Every member has been told up to and including this number. */
  sentTo: number
  /** Looked through up to here; what lies between did not concern the view. */
  seenTo: number
}

export interface Member { outbox: Outbox }

type CatchUp = { packet: Packet, events: number }[]

export interface FanOut {
  /**
   * Takes a member in that has everything up to `since`, sending what it misses out of the ring.
   * @returns false when the ring does not reach back so far
   */
  join: (member: Member, view: View, since: number) => boolean
  leave: (member: Member) => void
  /** Sends to every view what is new. */
  flush: () => void
  /** Tells every view the newest number, even if nothing concerned it. */
  settle: () => void
  /** Nobody is in a room any more. */
  reset: (epoch: string) => void
  rooms: () => Iterable<Room>
}

export interface FanOutOptions {
  ring: EventRing
  onSent?: (packet: Packet, events: number, members: number) => void
  /** The ring has lost events that these members have not had. */
  onLost: (members: Member[]) => void
}

/** Filters and encodes once a view, and writes the same bytes to all its members. */
export function createFanOut({ ring, onSent, onLost }: FanOutOptions): FanOut {
  const rooms = new Map<string, Room>()
  const roomOf = new Map<Member, Room>()
  /** What newcomers of this flush missed: those who lost their connection together miss the same. */
  const catchUps = new Map<string, CatchUp>()
  let epoch = ''

  function roomFor(view: View): Room {
    let room = rooms.get(view.key)
    if (!room) {
      rooms.set(view.key, room = {
        view,
        members: new Set(),
        sentTo: ring.last(),
        seenTo: ring.last(),
      })
    }
    return room
  }

  function join(member: Member, view: View, since: number): boolean {
    const room = roomFor(view)
    if (since > room.sentTo)
      send(room, true)
    if (!ring.reachesBackTo(since)) {
      closeIfEmpty(room)
      return false
    }
    for (const { packet, events } of missed(room, since)) {
      member.outbox.send(packet)
      onSent?.(packet, events, 1)
    }
    room.members.add(member)
    roomOf.set(member, room)
    return true
  }

  function missed(room: Room, since: number): CatchUp {
    if (since >= room.sentTo)
      return []
    const key = `${since} ${room.view.key}`
    let known = catchUps.get(key)
    if (!known) {
      let from = since + 1
      known = chunksFor(ring.slice(from, room.sentTo), room.view).map((chunk) => {
        const packet = changesPacket(epoch, from, chunk)
        from = chunk.to + 1
        return { packet, events: chunk.texts.length }
      })
      catchUps.set(key, known)
    }
    return known
  }

  /** Sends what is new to a room; when nothing of it concerns the view, only if it is to `speakOfAll`. */
  function send(room: Room, speakOfAll: boolean) {
    const last = ring.last()
    if (room.members.size === 0) {
      room.sentTo = room.seenTo = last
      return
    }
    if (!ring.reachesBackTo(room.seenTo)) {
      const members = [...room.members]
      members.forEach(leave)
      return onLost(members)
    }
    // What lies between sentTo and seenTo did not concern the view: it is not looked at again, only spoken for.
    if (room.seenTo < last) {
      let from = room.sentTo + 1
      for (const chunk of chunksFor(ring.slice(room.seenTo + 1, last), room.view)) {
        if (chunk.texts.length === 0)
          continue
        write(room, changesPacket(epoch, from, chunk), chunk.texts.length)
        room.sentTo = chunk.to
        from = chunk.to + 1
      }
      room.seenTo = last
    }
    if (speakOfAll && room.sentTo < last) {
      write(room, changesPacket(epoch, room.sentTo + 1, { to: last, texts: [] }), 0)
      room.sentTo = last
    }
  }

  function write(room: Room, packet: Packet, events: number) {
    for (const { outbox } of room.members)
      outbox.send(packet)
    onSent?.(packet, events, room.members.size)
  }

  function leave(member: Member) {
    const room = roomOf.get(member)
    if (!room)
      return
    roomOf.delete(member)
    room.members.delete(member)
    closeIfEmpty(room)
  }

  function closeIfEmpty(room: Room) {
    if (room.members.size === 0)
      rooms.delete(room.view.key)
  }

  function sendAll(speakOfAll: boolean) {
    catchUps.clear()
    for (const room of [
      ...rooms.values(),
    ])
      send(room, speakOfAll)
  }

  return {
    join,
    leave,
    flush: () => sendAll(false),
    settle: () => sendAll(true),
    reset(newEpoch) {
      epoch = newEpoch
      rooms.clear()
      roomOf.clear()
      catchUps.clear()
    },
    rooms: () => rooms.values(),
  }
}
