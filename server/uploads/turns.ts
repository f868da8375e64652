/**
 * At most `atOnce` run, at most `waiting` more wait; null = come again later. For work whose memory has to stay bounded
 * whatever comes.
 */
export function takeTurns(atOnce: number, waiting: number) {
  let running = 0
  const queue: (() => void)[] = []
  return async <T>(work: () => Promise<T>): Promise<T | null> => {
    if (running >= atOnce) {
      if (queue.length >= waiting)
        return null
      await new Promise<void>(resolve => queue.push(resolve))
    }
    else {
      running++
    }
    try {
      return await work()
    }
    finally {
      const next = queue.shift()
      if (next)
        next()
      else
        running--
    }
  }
}
