import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { badInput } from '../exit.js'
import { codeOf } from './faults.js'

/** Whether a process of this id is there. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function create(path: string): boolean {
  try {
    const descriptor = openSync(path, 'wx')
    writeSync(descriptor, String(process.pid))
    closeSync(descriptor)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/**
 * Keeps two programs from writing one folder: a file that holds the writer's process id. The lock
 * of a process that is gone (killed, power lost) is taken over.
 *
 * @returns what removes the lock
 */
export function lock(path: string, folder: string): () => void {
  if (!create(path)) {
    const holder = Number(readFileSync(path, 'utf8'))
    if (holder !== process.pid && Number.isInteger(holder) && holder > 0 && alive(holder))
      throw badInput(
        'folder-locked',
        `${folder} is being written by process ${holder}; wait for it, choose another name, ` +
          `or delete ${path} if that process is not nonconvex`,
      )
    rmSync(path, { force: true })
    if (!create(path))
      throw badInput('folder-locked', `${folder} is being written by another process; wait for it`)
  }
  return () => rmSync(path, { force: true })
}
