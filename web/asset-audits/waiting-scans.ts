import type { Condition } from '../../contract/custody.ts'

/** A scan that was made on this device and that the server has not taken yet. */
export interface WaitingScan {
  /** Made here: what is sent twice is there once. */
  id: string
  audit: string
  /** Whoever scanned: only they send it. */
  person: string
  code: string
  location: string | null
  /** ISO instant by this device's clock. */
  scannedAt: string
  condition: Condition | null
  note: string
  /** A picture that is uploaded before the scan is sent; then the id it was given. */
  photo: File | string | null
}

const name = 'linchpin-scans'
const store = 'waiting'

const opened = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore(store, { keyPath: 'id' })
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error ?? new Error('no room for scans'))
  })

/** One transaction on this device's disk; done when it is on it. */
async function kept<T>(
  mode: IDBTransactionMode,
  act: (scans: IDBObjectStore) => IDBRequest<T> | void,
): Promise<T | undefined> {
  const db = await opened()
  try {
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction(store, mode, { durability: 'strict' })
      const asked = act(transaction.objectStore(store))
      transaction.oncomplete = () => resolve(asked?.result)
      transaction.onerror = () => reject(transaction.error ?? new Error('not kept'))
      transaction.onabort = () => reject(transaction.error ?? new Error('not kept'))
    })
  } finally {
    db.close()
  }
}

/** Keeps a scan on this device, also over a reload, until it is dropped. */
export const keepScan = async (scan: WaitingScan): Promise<void> => {
  await kept('readwrite', (scans) => scans.put(scan))
}

/** All that waits on this device, in the order in which it was scanned. */
export const waitingScans = async (): Promise<WaitingScan[]> =>
  ((await kept<WaitingScan[]>('readonly', (scans) => scans.getAll())) ?? []).sort((a, b) =>
    a.scannedAt < b.scannedAt ? -1 : 1,
  )

/** Lets go of what the server has taken. */
export const dropScans = async (ids: readonly string[]): Promise<void> => {
  await kept('readwrite', (scans) => ids.forEach((id) => scans.delete(id)))
}
