import type postgresJs from 'postgres'
import { registerHooks } from 'node:module'

/**
 * postgres.js 3.4.9 does not survive the loss of a connection in an open transaction: it writes to a socket that is no more
 * (an exception that nobody can catch ends the process: porsager/postgres #1066, #1154, #1208), or leaves its write timer
 * set, after which that connection never sends again and whoever waits for it waits for ever. The repairs lie there as pull
 * requests #1168 and #1209; until one is released they are made here, when the module is loaded.
 *
 * package.json names the version exactly. With another one the texts are not found and the start fails: look then whether
 * this file is still needed.
 */
const repairs: Record<string, [wrong: string, right: string][]> = {
  '/postgres/src/connection.js': [
    // A closed connection forgets what it was about to write.
    [
      `    remaining = 0
    incomings = null
    clearImmediate(nextWriteTimer)
`,
      `    remaining = 0
    incomings = null
    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
`,
    ],
    // Nobody is left waiting, however the connection ended.
    [
      `!hadError && (query || sent.length) && error(`,
      `;(query || sent.length) && error(`,
    ],
    // Without a socket nothing can be asked.
    [
      `  function execute(q) {
    if (terminated)`,
      `  function execute(q) {
    if (!socket) {
      queryError(q, Errors.connection('CONNECTION_CLOSED', options, options))
      return true
    }

    if (terminated)`,
    ],
    // The question for array types may fail like any other.
    [
      `return fetchArrayTypes()`,
      `return fetchArrayTypes().catch(errored)`,
    ],
    // A way to end connections that do not answer and do not end by themselves.
    [
      `    x.on('close', closed)
    x.on('drain', drain)
    return x`,
      `    x.on('close', closed)
    x.on('drain', drain)
    globalThis[Symbol.for('huizhi.database-socket')]?.(options.shared, x)
    return x`,
    ],
  ],
  '/postgres/src/index.js': [
    // A transaction does not speak on its connection any more once that has ended, and perhaps begun anew for others.
    [
      `        q.catch(e => uncaughtError || (uncaughtError = e))
        c.queue === full`,
      `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (c.reserved !== ours)
          return q.reject(Errors.connection('CONNECTION_CLOSED', options, options))
        c.queue === full`,
    ],
    [
      `    let savepoints = 0
      , connection
`,
      `    let savepoints = 0
      , ours
      , connection
`,
    ],
    [
      `      c.reserved = () => queries.length
        ? c.execute(queries.shift())
        : move(c, reserved)
    }
  }`,
      `      c.reserved = ours = () => queries.length
        ? c.execute(queries.shift())
        : move(c, reserved)
    }
  }`,
    ],
    // Nor does who has reserved it; and he gives back only what he still has: a connection without a socket that counts as
    // open fails everybody for good.
    [
      `    c.reserved = () => queue.length
      ? c.execute(queue.shift())
      : move(c, reserved)
    c.reserved.release = true
`,
      `    const ours = c.reserved = () => queue.length
      ? c.execute(queue.shift())
      : move(c, reserved)
    c.reserved.release = true
`,
    ],
    [
      `    sql.release = () => {
      c.reserved = null
`,
      `    sql.release = () => {
      if (c.reserved !== ours)
        return
      c.reserved = null
`,
    ],
    [
      `    function handler(q) {
      c.queue === full
        ? queue.push(q)`,
      `    function handler(q) {
      if (c.reserved !== ours)
        return q.reject(Errors.connection('CONNECTION_CLOSED', options, options))
      c.queue === full
        ? queue.push(q)`,
    ],
  ],
}

const hooks = registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    const file = Object.keys(repairs).find(name => url.endsWith(name))
    return file
      ? {
          ...loaded,
          source: mend(file, String(loaded.source)),
        }
      : loaded
  },
})

export const postgres: typeof postgresJs = (await import('postgres')).default

hooks.deregister()

function mend(file: string, source: string): string {
  return repairs[file]!.reduce((text, [wrong, right]) => {
    if (text.split(wrong).length !== 2)
      throw new Error(`${file} is not the version that db/mended-postgres.ts repairs`)
    return text.replace(wrong, () => right)
  }, source)
}
