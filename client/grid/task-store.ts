import type { CaseFeature } from '#contract/case.ts'
import type { Assignment } from '#contract/dispatch.ts'

/** The tasks as they were last known, and whose they are: what the page shows without a network. */
export interface KeptTasks {
  account: string
  keptAt: number
  tasks: CaseFeature[]
  assignments: Assignment[]
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('huizhi-grid-tasks', 1)
    request.onupgradeneeded = () => request.result.createObjectStore('kept')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

async function ask<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open()
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction('kept', mode)
      const request = act(transaction.objectStore('kept'))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onabort = transaction.onerror = () => reject(transaction.error)
    })
  }
  finally {
    database.close()
  }
}

/** null where the browser keeps nothing. */
export const keptTasks = () => ask('readonly', store => store.get('mine') as IDBRequest<KeptTasks | undefined>).catch(() => undefined)
export const keepTasks = (kept: KeptTasks) => ask('readwrite', store => store.put(kept, 'mine')).then(() => {}, () => {})
/** What residents wrote does not stay on the phone of somebody who has left. */
export const forgetTasks = () => ask('readwrite', store => store.delete('mine')).then(() => {}, () => {})
