import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stream } from '@nonconvex/tensor'
import { afterAll, expect, it } from 'vitest'
import { cli, lasting } from './harness.js'
import { installedCopy } from './installed.js'
import { irisCsv } from './own-files.js'

/** How many processes are killed in all, and the seed of the moments. */
const wanted = Number(process.env['KILLS'] ?? 1)
const seed = Number(process.env['KILLS_SEED'] ?? 1)

/** After so many kills a run is left to finish. */
const most = 6

const home = mkdtempSync(join(tmpdir(), 'nonconvex-kills-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))
// a copy of its own: rows of other code are not used again
const launcher = installedCopy(home)

const network = '--model network --hidden 8 --steps 1 --epochs 20 --rate 0.01'
const lines = [
  'run gaussian/integral --quick --workers 1 --out out --resume',
  'reproduce --only gaussian/integral --only gaussian/no-overlap --out out --resume',
  `fit scenes ../train.ndjson ${network} --out out --resume`,
  // it has no --resume: what is left must not be in the way
  'fit separable ../iris.csv --positive setosa --bias 1 --k 20 --out out',
]

/** Runs a line, and kills it after so many milliseconds: whether it was killed, and its time. */
async function attempt(line: string, cwd: string, after?: number) {
  const started = performance.now()
  const child = spawn(process.execPath, [launcher, ...line.split(' '), '--quiet'], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'] },
  })
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const timer = after === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), after)
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>(
    (resolve, reject) => {
      child.on('error', reject).on('close', (...end) => resolve(end))
    },
  )
  clearTimeout(timer)
  if (signal !== 'SIGKILL') expect(code, `${line}: ${err}`).toBe(0)
  return { killed: signal === 'SIGKILL', milliseconds: performance.now() - started }
}

/** Whether all files are in their places; what is left beside them is removed. */
function isComplete(folder: string): boolean {
  const path = join(folder, '.nonconvex/folder.json')
  if (!existsSync(path)) return false
  const { state } = JSON.parse(readFileSync(path, 'utf8')) as { readonly state: string }
  // it was killed while it was tidying up
  if (state === 'complete')
    for (const name of readdirSync(join(folder, '.nonconvex')))
      if (name !== 'folder.json') rmSync(join(folder, '.nonconvex', name), { recursive: true })
  return state === 'complete'
}

/** All files of a folder by name, without what differs between two runs: their times. */
function contents(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return new Map(
    names.map((name) => {
      const path = join(folder, name)
      if (statSync(path).isDirectory()) return [name, 'folder']
      const text = readFileSync(path, 'latin1')
      if (name.endsWith('result.json')) return [name, lasting(text)]
      return [name, text.replace(/<span data-timing>[^<]*<\/span>/, '')]
    }),
  )
}

it(
  `${wanted} times killed at a random moment, run again to the same bytes`,
  async () => {
    irisCsv(home)
    await cli(['scenes', '--count', '60', '--out', join(home, 'train.ndjson')])
    const used = lines.slice(0, wanted)
    const expected: { readonly files: ReadonlyMap<string, string>; readonly whole: number }[] = []
    for (const [i, line] of used.entries()) {
      const cwd = join(home, `whole-${i}`)
      mkdirSync(cwd)
      const { milliseconds } = await attempt(line, cwd)
      expected.push({ files: contents(join(cwd, 'out')), whole: milliseconds })
    }
    const source = stream(seed).child('kills')
    const counts = used.map(() => ({ kills: 0, runs: 0 }))
    const all = () => counts.reduce((sum, { kills }) => sum + kills, 0)
    for (let sequence = 0; all() < wanted; sequence++) {
      const fewest = Math.min(...counts.map(({ kills }) => kills))
      const at = counts.findIndex(({ kills }) => kills === fewest)
      const cwd = join(home, `sequence-${sequence}`)
      mkdirSync(cwd)
      for (let attempts = 0; ; attempts++) {
        const last = all() === wanted || attempts === most
        const after = last ? undefined : source.uniform() * expected[at].whole
        if (!(await attempt(used[at], cwd, after)).killed) break
        counts[at].kills++
        if (isComplete(join(cwd, 'out'))) break
      }
      const found = contents(join(cwd, 'out'))
      const where = `seed ${seed}, sequence ${sequence}: ${used[at]}`
      expect([...found.keys()], where).toEqual([...expected[at].files.keys()])
      for (const [name, text] of expected[at].files)
        if (found.get(name) !== text) {
          cpSync(cwd, join(tmpdir(), 'nonconvex-killed'), { recursive: true, force: true })
          expect.fail(`${where}: ${name} differs; kept in ${join(tmpdir(), 'nonconvex-killed')}`)
        }
      counts[at].runs++
      rmSync(cwd, { recursive: true })
      if (process.env['KILLS'] !== undefined)
        process.stderr.write(
          `${all()} kills, seed ${seed}; kills and runs to the same bytes: ${counts
            .map(({ kills, runs }, i) => `${/^(fit )?\w+/.exec(used[i])?.[0]} ${kills} ${runs}`)
            .join(', ')}\n`,
        )
    }
    expect(all()).toBe(wanted)
  },
  (wanted + 10) * 60_000,
)
