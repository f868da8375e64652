import type { Socket } from 'socket.io-client'
import type { ClientToServer, FollowAnswer, FollowRequest, LayerName, Position, ServerToClient } from '#contract/live.ts'
import type { Outcome } from './state/follow.ts'
import type { Link } from './state/link.ts'
import { io } from 'socket.io-client'
import { computed, shallowRef } from 'vue'
import { startOfDay } from './state/china-time.ts'
import { clock, now, startClock } from './state/clock.ts'
import { onAnswered, onChanges, onConnected, onPulse, onSnapshot, startFollowing } from './state/follow.ts'
import { linkOf, staleSeconds } from './state/link.ts'
import { reloadOnce } from './state/reload-once.ts'
import { doubtSession } from './state/session-doubt.ts'
import { world } from './state/world.ts'

type LiveSocket = Socket<ServerToClient, ClientToServer>

const connected = shallowRef(false)
/** Failed tries since the link was last up. */
export const attempts = shallowRef(0)
/** Why the server will not let this screen follow; null when it does. */
export const refusal = shallowRef<string | null>(null)
const lastHeard = shallowRef<{ local: number, monotonic: number, server: number } | null>(null)

const silentSeconds = computed(() => {
  void now.value
  return lastHeard.value && Math.max(0, performance.now() - lastHeard.value.monotonic, Date.now() - lastHeard.value.local) / 1000
})
const signs = computed(() => ({ silentSeconds: silentSeconds.value, logAge: world.pulse.value?.stale ?? 0 }))

/** How far the picture can be trusted. */
export const link = computed<Link>(() => linkOf(signs.value))
/** Seconds by which the picture may be behind. */
export const behindSeconds = computed(() => Math.floor(staleSeconds(signs.value)))
/** Server's time (ms) at which the picture was last known to be true; null before the first data. */
export const trueAt = computed(() => lastHeard.value && lastHeard.value.server - Math.max(0, staleSeconds(signs.value) - (silentSeconds.value ?? 0)) * 1000)

/**
 * Follows the log for the rest of the page's life: reconnects for ever, asks for what was missed, and notices when it is not told
 * anything any more (half-open connections, sleep).
 */
export function startLive(what: { layers?: LayerName[], region?: string } = {}): void {
  startClock()
  const socket: LiveSocket = io('/live', {
    transports: ['websocket'],
    reconnectionDelay: 250,
    reconnectionDelayMax: 5000,
    randomizationFactor: 0.5,
    timeout: 8000,
  })
  let followed = startFollowing()
  let wasConnected = false

  function take(outcome: Outcome) {
    followed = outcome.next
    if (outcome.replace)
      world.replace(outcome.replace)
    if (outcome.apply && followed.position)
      world.apply(outcome.apply, followed.position)
    if (outcome.ask)
      ask(outcome.ask.since)
  }

  function ask(since: Position | null) {
    const request: FollowRequest = {
      ...what,
      ...since && { since },
    }
    socket.timeout(10_000).emit('follow', request, (failed, answer) => {
      if (failed)
        return restart(socket)
      if ('error' in answer)
        return refused(socket, answer.error.title)
      accepted(answer)
    })
  }

  function accepted(answer: FollowAnswer) {
    refusal.value = null
    reloadOnce(answer.contract)
    take(onAnswered(followed))
  }

  socket.on('connect', () => {
    connected.value = true
    attempts.value = 0
    if (wasConnected)
      doubtSession('back')
    wasConnected = true
    take(onConnected(followed))
  })
  socket.on('disconnect', () => {
    connected.value = false
    comeBack(socket)
  })
  socket.on('connect_error', (error: Error & { data?: { type?: string } }) => {
    attempts.value++
    if (error.data?.type === 'urn:huizhi:problem:not-signed-in')
      doubtSession('refused')
    comeBack(socket)
  })
  socket.on('snapshot', snapshot => take(onSnapshot(followed, snapshot)))
  socket.on('changes', (changes) => {
    hear(changes.at)
    take(onChanges(followed, changes))
  })
  socket.on('positions', packet => world.move(packet))
  socket.on('pulse', (pulse) => {
    hear(pulse.at)
    world.hear(pulse)
    take(onPulse(followed, pulse))
  })
  watchOver(socket)
}

function hear(serverAt: number) {
  clock.hear(serverAt)
  lastHeard.value = {
    local: Date.now(),
    monotonic: performance.now(),
    server: serverAt,
  }
}

/** socket.io gives up by itself when the server closed the connection (an evicted reader, a refusal): come back anyway. */
function comeBack(socket: LiveSocket) {
  if (!socket.active)
    setTimeout(() => socket.connect(), 500 + Math.random() * 4500)
}

function refused(socket: LiveSocket, title: string) {
  refusal.value = title
  setTimeout(restart, 5000, socket)
}

function restart(socket: LiveSocket) {
  socket.disconnect().connect()
}

/** Once a second: silence on an open connection, a sleep that is over, a new day. */
function watchOver(socket: LiveSocket) {
  let restartedAt = 0
  let day = startOfDay(clock.now())

  function check() {
    const local = Date.now()
    const silent = silentSeconds.value ?? 0
    if (silent >= 10 && socket.connected && local - restartedAt > 10_000) {
      restartedAt = local
      restart(socket)
    }
    const today = startOfDay(clock.now())
    if (today !== day) {
      day = today
      world.startDay(clock.now())
    }
  }
  function woken() {
    now.value = clock.now()
    if (socket.connected)
      check()
    else
      restart(socket)
  }
  setInterval(check, 1000)
  window.addEventListener('online', woken)
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && woken())
}
