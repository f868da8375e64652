import type { Outgoing } from './outbox.ts'

/** Where the outbox keeps what waits. */
export interface OutboxStore {
  /** false: what is kept is gone with the page. */
  readonly lasting: boolean
  all: () => Promise<Outgoing[]>
  put: (item: Outgoing) => Promise<void>
  remove: (key: string) => Promise<void>
}

/** In IndexedDB, which keeps photos too; where the browser has none (some private windows), in memory. */
export async function openOutboxStore(name = 'huizhi-report'): Promise<OutboxStore> {
  try {
    return lastingStore(await openDatabase(name))
  }
  catch {
    return memoryStore()
  }
}

function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => request.result.createObjectStore('outbox', { keyPath: 'key' })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('blocked'))
  })
}

function lastingStore(database: IDBDatabase): OutboxStore {
  const ask = <T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>) => new Promise<T>((resolve, reject) => {
    const transaction = database.transaction('outbox', mode)
    const request = act(transaction.objectStore('outbox'))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onabort = transaction.onerror = () => reject(transaction.error)
  })
  return {
    lasting: true,
    all: () => ask('readonly', store => store.getAll() as IDBRequest<Outgoing[]>),
    put: async item => void await ask('readwrite', store => store.put(item)),
    remove: async key => void await ask('readwrite', store => store.delete(key)),
  }
}

function memoryStore(): OutboxStore {
  const kept = new Map<string, Outgoing>()
  return {
    lasting: false,
    all: async () => [
      ...kept.values(),
    ],
    put: async item => void kept.set(item.key, item),
    remove: async key => void kept.delete(key),
  }
}
