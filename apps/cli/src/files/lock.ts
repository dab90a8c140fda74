import { randomBytes } from 'node:crypto'
import { closeSync, lstatSync, openSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { badInput } from '../exit.js'
import { codeOf } from './faults.js'
import { makeFolder } from './make-folder.js'

/** Milliseconds for which a taker waits for others who are taking the lock at the same time. */
const patience = 300

/** Between two looks at them. */
const pause = 5

/** The process and the number of a taker, in the name of its file. */
const takerName = /^lock-(\d+)-([\da-f]{16})$/

/** The files of this process: another one with its id is left from a process that is gone. */
const mine = new Set<string>()

/** Whether the process that has written this file is there. */
function alive(name: string): boolean {
  const pid = Number(takerName.exec(name)?.[1])
  if (pid === process.pid) return mine.has(name)
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** What a taker has put up is a regular file, with some bytes once it holds the lock. */
const statsOf = (path: string) => lstatSync(path, { throwIfNoEntry: false })
const holds = (path: string): boolean => (statsOf(path)?.size ?? 0) > 0

const wait = (milliseconds: number): void =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)

/**
 * Keeps two programs from writing one folder.
 *
 * A taker first puts up a file of its own, whose name has its process id, and then looks at the
 * others: it has the lock if it sees no other whose process is alive. Of two takers the one that
 * has put up its file later sees the other's, so never do both have the lock. Files of processes
 * that are gone (killed, power lost) do not count, and as no name is used twice, removing them
 * cannot meet a file that somebody else is relying on. Of takers that see each other, the first by
 * number stays and the others withdraw and try again for a while.
 *
 * @param folder - where the files of takers are, and no others of such names
 * @param shown - the folder that is locked, for messages
 * @returns what removes the lock
 */
export function lock(folder: string, shown: string): () => void {
  const number = randomBytes(8).toString('hex')
  const name = `lock-${process.pid}-${number}`
  const path = join(folder, name)
  const up = () => {
    mine.add(name)
    try {
      closeSync(openSync(path, 'wx'))
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error
      // whoever has just left has removed the folder
      makeFolder(folder)
      closeSync(openSync(path, 'wx'))
    }
  }
  const release = () => {
    rmSync(path, { force: true })
    mine.delete(name)
  }
  const end = performance.now() + patience
  up()
  try {
    for (;;) {
      const takers = readdirSync(folder).filter(
        (one) =>
          one !== name && takerName.test(one) && statsOf(join(folder, one))?.isFile() === true,
      )
      const others = takers.filter(alive)
      if (others.length === 0) {
        for (const gone of takers) rmSync(join(folder, gone), { force: true })
        // those who see it need not wait
        writeFileSync(path, 'held')
        return release
      }
      const holder = others.find((one) => holds(join(folder, one)))
      if (holder !== undefined || performance.now() > end) throw locked(holder ?? others[0])
      const first = others.every((one) => number < (takerName.exec(one)?.[2] ?? ''))
      if (!first) release()
      wait(pause * (1 + Math.random()))
      if (!first) up()
    }
  } catch (error) {
    release()
    throw error
  }

  function locked(other: string): Error {
    const pid = takerName.exec(other)?.[1] ?? ''
    return badInput(
      'folder-locked',
      `${shown} is being written by process ${pid}; wait for it, choose another name, ` +
        `or delete ${join(folder, other)} if that process is not nonconvex`,
    )
  }
}
