import type { Result } from '@nonconvex/experiments'

/**
 * Results that this browser keeps by address, for when the page is opened again. `version` names
 * the program: what another program computed is not read.
 */
export interface Kept {
  read(address: string, version: string): Promise<Result | undefined>
  write(address: string, version: string, result: Result): Promise<void>
}

const most = 60
const store = 'results'

/**
 * Results in the browser's database. Where storage is forbidden or full nothing is kept, and the
 * page computes again.
 */
export function openKept(): Kept {
  let opened: Promise<IDBDatabase> | undefined
  const database = () =>
    (opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(`nonconvex ${location.pathname}`, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(store)
      request.onsuccess = () => {
        resolve(request.result)
      }
      request.onerror = () => {
        reject(request.error ?? new Error('no database'))
      }
    }))
  const within = async <T>(
    mode: IDBTransactionMode,
    ask: (results: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> => {
    const results = (await database()).transaction(store, mode).objectStore(store)
    return answered(ask(results))
  }
  return {
    async read(address, version) {
      try {
        const found: unknown = await within('readonly', (results) => results.get(address))
        return isKept(found) && found.version === version ? found.result : undefined
      } catch {
        return undefined
      }
    },
    async write(address, version, result) {
      try {
        if ((await within('readonly', (results) => results.count())) >= most)
          await within('readwrite', (results) => results.clear())
        await within('readwrite', (results) => results.put({ version, result }, address))
      } catch {
        // it is computed again
      }
    },
  }
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result)
    }
    request.onerror = () => {
      reject(request.error ?? new Error('no answer'))
    }
  })
}

const isKept = (value: unknown): value is { version: string; result: Result } =>
  typeof value === 'object' && value !== null && 'version' in value && 'result' in value
