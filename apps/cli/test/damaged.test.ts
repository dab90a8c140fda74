import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { scratch } from './harness.js'
import { installedCopy } from './installed.js'
import { launcher, program } from './program.js'

describe('the digits', () => {
  const run = ['run', 'overparam/mnist', '--preset', 'quick', '--workers', '1', '--out', 'out']
  const asset = (folder: string) =>
    join(folder, 'node_modules/@nonconvex/overparam/dist/digits/digits.bin.gz')
  const damages: readonly [string, (path: string) => void][] = [
    ['missing', (path) => rmSync(path)],
    ['cut short', (path) => writeFileSync(path, readFileSync(path).subarray(0, 100_000))],
    ['overwritten', (path) => writeFileSync(path, 'not digits')],
    [
      'changed in one byte',
      (path) => {
        const bytes = readFileSync(path)
        bytes[bytes.length >> 1] ^= 1
        writeFileSync(path, bytes)
      },
    ],
  ]
  const home = mkdtempSync(join(tmpdir(), 'nonconvex-damaged-'))
  const copy = installedCopy(home)
  const whole = readFileSync(asset(home))
  afterEach(() => writeFileSync(asset(home), whole))
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  for (const [what, damage] of damages)
    it(`${what}: status 2, what, where and what to do; no file is left half-written`, async () => {
      const cwd = scratch()
      damage(asset(home))
      const { status, out, err } = await program(run, { cwd, launcher: copy })
      expect(err).toMatch(/nonconvex: (loadDigits|gunzip|parseDigits)/)
      expect(err).toMatch(/(install @nonconvex\/overparam|fetch the file) again/)
      expect(err).not.toMatch(/\n\s+at /)
      expect({ status, out }).toEqual({ status: 2, out: '' })
      expect(existsSync(join(cwd, 'out'))).toBe(false)
    })

  it('are needed by no other experiment', async () => {
    const cwd = scratch()
    rmSync(asset(home))
    const line = ['run', 'gaussian/no-overlap', '--set', 'samples=1000', '--workers', '1']
    expect(await program(line, { cwd, launcher: copy })).toMatchObject({ status: 0 })
  })
})

/** Somebody for whom permissions count, which they do not for root. */
const somebody = process.getuid?.() === 0 ? 65534 : undefined

describe.skipIf(process.platform === 'win32')('without permission', () => {
  /** A folder in which only its owner may write, and that others can reach. */
  function locked(): string {
    const folder = scratch()
    const inner = join(folder, 'locked')
    mkdirSync(inner)
    chmodSync(folder, 0o755)
    chmodSync(inner, 0o555)
    return inner
  }
  const launch = somebody === undefined ? {} : { uid: somebody, env: { HOME: tmpdir() } }
  // a clone below a closed home cannot be read by somebody else
  const readable = somebody === undefined || !launcher.startsWith('/root')

  it.skipIf(!readable)('to write: status 2, nothing is made', async () => {
    const folder = locked()
    for (const out of [folder, join(folder, 'below')]) {
      const line = ['run', 'gaussian/no-overlap', '--set', 'samples=1000', '--out', out]
      const { status, err } = await program(line, launch)
      expect(err).toMatch(/cannot write [^\n]*locked[^\n]*: permission denied/)
      expect(status).toBe(2)
    }
    const { status, err } = await program(['reproduce', '--out', join(folder, 'report')], launch)
    expect(err).toMatch(/permission denied/)
    expect(status).toBe(2)
    expect(readdirSync(folder)).toEqual([])
  })

  it.skipIf(!readable)('to read a result: status 2', async () => {
    const folder = scratch()
    chmodSync(folder, 0o755)
    const path = join(folder, 'result.json')
    writeFileSync(path, '{}')
    chmodSync(path, 0o000)
    const { status, err } = await program(['verify', path], launch)
    expect(err).toMatch(/cannot read [^\n]*result\.json: permission denied/)
    expect(status).toBe(2)
    expect(existsSync(path)).toBe(true)
  })
})
