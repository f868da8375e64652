import { setTimeout as sleep } from 'node:timers/promises'
import { lockFile } from './places.mjs'
import { stage } from './stage.mjs'
import { takeLock } from './take-lock.mjs'

/**
 * Does the work while no other start of this folder does any.
 * @param {() => Promise<void>} work
 */
export async function withLock(work) {
  for (let turn = 0; ; turn++) {
    const { release, heldBy } = await takeLock(lockFile)
    if (release) {
      try {
        return await work()
      }
      finally {
        await release()
      }
    }
    if (turn === 0)
      stage(`等待另一个启动完成安装 · Waiting for another start of this folder (process ${heldBy})`)
    await sleep(300)
  }
}
