import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { kindOf, makeBase, runCase, type Base } from './fuzz/cases.js'
import type { Outcome } from './harness.js'

// test/fuzz.mjs sets these for a long run: how many cases, from which seed, which of them, and where
// the number of the case is written, so that one that hangs is known
const { FUZZ_CASES: cases = '300', FUZZ_SEED: seed = '1', FUZZ_PART: part = '0/1' } = process.env
const [first, step] = part.split('/').map(Number)
const progress = process.env['FUZZ_PROGRESS']

const root = fs.mkdtempSync(join(tmpdir(), 'nonconvex-fuzz-'))
const outside = join(root, 'outside')
const folder = join(root, 'case')
let base: Base

beforeAll(async () => {
  fs.mkdirSync(join(outside, 'sub'), { recursive: true })
  for (const name of ['kept.txt', 'sub/result.json', 'sub/rows'])
    fs.writeFileSync(join(outside, name), 'not ours')
  base = await makeBase(join(root, 'base'))
})
const home = process.cwd()
afterAll(() => {
  process.chdir(home)
  fs.rmSync(root, { recursive: true, force: true })
})

/** What names a case. */
interface Named {
  readonly kind: string
  readonly seed: number
  readonly index: number
}

/** Cases in which a fault was found and mended: they are run every time. */
const failed = JSON.parse(
  fs.readFileSync(new URL('fuzz/failed.json', import.meta.url), 'utf8'),
) as readonly Named[]

/** Everything but the folder of the case. */
const others = (): string =>
  [root, outside, join(outside, 'sub')]
    .flatMap((path) =>
      fs.readdirSync(path).map((name) => {
        const { size, mtimeMs, mode } = fs.lstatSync(join(path, name))
        const own = path === root && name === 'case'
        return own ? name : `${path}/${name} ${size} ${mtimeMs} ${mode}`
      }),
    )
    .join('\n')

const trace = /\n\s+at .+:\d+:\d+\)?|TypeError|ReferenceError|Cannot read prop|is not a function/

/** What is wrong with an outcome, if something is. */
function fault({ status, out, err, codes }: Outcome, seconds: number): string | undefined {
  if (![0, 1, 2].includes(status)) return `status ${status}`
  if (codes.includes('unexpected')) return 'an error that is nobody’s'
  if (trace.test(`${out}\n${err}`)) return 'a stack trace'
  if (err.length > 1e5) return 'a message of more than 100,000 characters'
  if (['\u0007', '\u001b', '\u202e'].some((sign) => err.includes(sign)))
    return 'a sign that a terminal obeys'
  return seconds > 10 ? `${seconds} s` : undefined
}

async function check(named: Named): Promise<string | undefined> {
  fs.rmSync(folder, { recursive: true, force: true })
  fs.mkdirSync(folder)
  // where a hostile name of an output lands, too
  process.chdir(folder)
  if (progress !== undefined) fs.writeFileSync(progress, JSON.stringify(named))
  const before = others()
  const start = performance.now()
  let found: string | undefined
  let line = ''
  try {
    const { argv, outcome } = await runCase(base, named, folder)
    line = `${JSON.stringify(argv)}: ${outcome.err.slice(0, 300)}`
    found = fault(outcome, (performance.now() - start) / 1000)
  } catch (error) {
    found = `thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  }
  if (found === undefined && others() !== before) found = 'a file outside of the folder changed'
  return found && `${JSON.stringify(named)}: ${found}\n  ${line}`
}

it('sees a crash, a trace, a hang, and a file that changed', () => {
  const fine = { status: 2, out: '', err: 'nonconvex: expected JSON', codes: ['result-json'] }
  expect(fault(fine, 0)).toBeUndefined()
  const before = others()
  for (const worse of [
    { status: 3 },
    { status: 130 },
    { codes: ['unexpected'] },
    { err: 'x\n    at run (file:///a.js:1:2)' },
    { out: 'Cannot read properties of undefined' },
    { err: 'a\u001b[2K' },
    { err: ' '.repeat(2e5) },
  ])
    expect(fault({ ...fine, ...worse }, 0), JSON.stringify(worse).slice(0, 60)).toBeDefined()
  expect(fault(fine, 11)).toBeDefined()
  fs.appendFileSync(join(outside, 'sub/rows'), '.')
  expect(others()).not.toBe(before)
})

it('cases that once failed end with a message', async () => {
  for (const named of failed) expect(await check(named), JSON.stringify(named)).toBeUndefined()
})

it(`${cases} hostile cases end with a message`, { timeout: 0 }, async () => {
  const faults: string[] = []
  for (let index = first; index < Number(cases) && faults.length < 20; index += step) {
    const own = { kind: kindOf(Number(seed), index), seed: Number(seed), index }
    const found = await check(own)
    if (found !== undefined) faults.push(found)
  }
  expect(faults.join('\n')).toBe('')
})
