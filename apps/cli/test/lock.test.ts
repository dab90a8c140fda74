import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const rounds = Number(process.env['LOCK_ROUNDS'] ?? 100)
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'nonconvex-lock-'))
let takers: readonly ChildProcess[] = []
beforeAll(async () => {
  takers = Array.from({ length: 4 }, () =>
    fork(at('lock-taker.mjs'), [new URL('../dist/files/lock.js', import.meta.url).href]),
  )
  await Promise.all(takers.map((taker) => once(taker, 'message')))
})
afterAll(() => {
  for (const taker of takers) taker.kill()
  rmSync(folder, { recursive: true, force: true })
})

/** What all answer to a message that is sent to them at once. */
async function answers(message: string): Promise<readonly string[]> {
  const all = takers.map(async (taker): Promise<string> => {
    const [answer] = (await once(taker, 'message')) as [string]
    return answer
  })
  for (const taker of takers) taker.send(message)
  return Promise.all(all)
}

it(
  `is held by one of four takers, ${rounds} times, also after a process that is gone`,
  async () => {
    const counts = new Map<string, number>()
    for (let round = 0; round < rounds; round++) {
      // no process has such a number, and one of these was killed before it had written anything
      if (round % 2 === 1) writeFileSync(join(folder, 'lock-4194301-00000000000000aa'), 'held')
      if (round % 4 === 3) writeFileSync(join(folder, 'lock-4194302-ffffffffffffff00'), '')
      const found = [...(await answers(folder))].sort().join(' ')
      counts.set(found, (counts.get(found) ?? 0) + 1)
      expect(await answers('release')).toEqual(['free', 'free', 'free', 'free'])
      expect(readdirSync(folder)).toEqual([])
    }
    if (process.env['LOCK_ROUNDS'] !== undefined) console.log(counts)
    expect(counts).toEqual(new Map([['folder-locked folder-locked folder-locked taken', rounds]]))
  },
  60_000 + rounds * 1000,
)

it('ignores what is no file of a taker, whatever reading it would do', async () => {
  // process 1 is alive
  const name = join(folder, 'lock-1-00000000000000aa')
  symlinkSync('/dev/zero', name)
  mkdirSync(join(folder, 'lock-4194301-00000000000000aa'))
  expect((await answers(folder)).filter((answer) => answer === 'taken')).toHaveLength(1)
  await answers('release')
  expect(readdirSync(folder)).toHaveLength(2)
})
