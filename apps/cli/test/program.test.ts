import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  experiments,
  findExperiment,
  resultDigest,
  resultJsonSchema,
  runExperiment,
  type Result,
} from '@nonconvex/experiments'
import { Ajv } from 'ajv'
import { afterAll, describe, expect, it } from 'vitest'
import { openPool } from '../src/work/pool.js'
import { cli, lasting, scratch } from './harness.js'
import { installedCopy } from './installed.js'
import { program as launch, type Launch } from './program.js'

// a copy of its own: a build that runs beside the tests would change the code between two runs
const home = mkdtempSync(join(tmpdir(), 'nonconvex-program-'))
const launcher = installedCopy(home)
afterAll(() => rmSync(home, { recursive: true, force: true }))
const program = (argv: readonly string[], more: Launch = {}) => launch(argv, { launcher, ...more })

/** The same command line in this process, for what a process of its own does not change. */
const here = (argv: readonly string[]) => cli(argv, { experiments })

const json = (...more: string[]) => [
  ...['run', 'gaussian/no-overlap', '--preset', 'quick', '--json', '--quiet'],
  ...more,
]

describe('the program on the real experiments', () => {
  // the bytes of others are compared in the tests of the report, which runs them in threads, too;
  // that another seed gives others, and that forgeries are rejected, in the tests of the experiments
  it('valid JSON alone; one seed, the same bytes; another seed, others; and it verifies', async () => {
    const first = await program(json('--workers', '2'))
    expect(first).toMatchObject({ status: 0, err: '' })
    const result = JSON.parse(first.out) as Result
    const validate = new Ajv({ strict: false }).compile(resultJsonSchema)
    expect(validate(result), JSON.stringify(validate.errors)).toBe(true)
    expect(result.verdicts.map(({ status }) => status)).toEqual(result.verdicts.map(() => 'holds'))
    expect(lasting((await program(json('--workers', '1'))).out)).toBe(lasting(first.out))
    const other = JSON.parse((await here(json('--seed', '2'))).out) as Result
    expect(other.digest).not.toBe(result.digest)
    expect(other.rows).not.toEqual(result.rows)

    const path = join(scratch(), 'a result.json')
    writeFileSync(path, first.out)
    expect(await program(['verify', path])).toMatchObject({ status: 0 })
    const forged = { ...result, seed: 2 }
    writeFileSync(path, JSON.stringify({ ...forged, digest: resultDigest(forged) }))
    expect(await program(['verify', path])).toMatchObject({ status: 1 })
  })

  it('lists and shows each of them', async () => {
    const { out } = await program(['list', '--json'])
    const listed = JSON.parse(out) as { experiments: { id: string }[] }
    expect(listed.experiments).toHaveLength(experiments.length)
    // one by a process, as users do; of the others what the same command line prints in this one
    const [first] = listed.experiments
    expect(await here(['show', first.id])).toMatchObject(await program(['show', first.id]))
    for (const { id } of listed.experiments) {
      const shown = await here(['show', id])
      expect(shown, id).toMatchObject({ status: 0, err: '' })
      expect(shown.out, id).toMatch(/Parameters[^]*Presets[^]*Source/)
    }
  })

  it('ends quietly when its reader goes away', async () => {
    const { status, err } = await program(['list'], { leave: true })
    expect(err).not.toMatch(/EPIPE|\n\s+at /)
    expect(status).toBe(0)
  })

  it('ends at once, quietly, when its reader goes away in the middle of a long text', async () => {
    const line = ['scenes', '--count', '100000000']
    expect(await program(line, { leave: true })).toMatchObject({ status: 3, err: '' })
  })

  it.skipIf(!existsSync('/dev/full'))('says that there is no space for its results', async () => {
    for (const line of [['list'], ['scenes', '--count', '20'], ['--help']]) {
      const { status, err } = await program(['--quiet', ...line], { into: '/dev/full' })
      expect(err, line[0]).toBe(
        'nonconvex: cannot write standard output: no space left on device; free some, or redirect it elsewhere\n',
      )
      expect(status, line[0]).toBe(3)
    }
  })

  it('finishes what it was asked for when its reader goes away', async () => {
    const out = join(scratch(), 'result')
    const line = [
      'run',
      'gaussian/no-overlap',
      '--set',
      'samples=1000',
      '--workers',
      '1',
      '--out',
      out,
    ]
    expect(await program(line, { leave: true })).toMatchObject({ status: 0 })
    expect(existsSync(join(out, 'result.json'))).toBe(true)
  })

  it('gives no warning when many cells run at a time', async () => {
    // Node warns from the eleventh listener of a signal on; cells that wait for a thread listen, too
    const warnings: Error[] = []
    const warned = (warning: Error) => void warnings.push(warning)
    process.on('warning', warned)
    const pool = openPool(1)
    const experiment = findExperiment('gaussian/escape')
    const { execute } = pool
    const options = { params: experiment.presets.quick, seed: 1, concurrency: 12, execute }
    const { status, rows } = await runExperiment(experiment, options)
    await pool.close()
    process.off('warning', warned)
    expect({ status, warnings }).toEqual({ status: 'complete', warnings: [] })
    expect(rows.length).toBeGreaterThan(11)
  })

  it('says how it was started in commands to copy', async () => {
    const env = { npm_package_name: 'nonconvex-workspace' }
    const line = ['run', 'gaussian/no-overlap', '--set', 'samples=1000', '--workers', '1']
    const { out } = await program(line, { env })
    expect(out).toMatch(
      /again: npm run -s nonconvex -- run gaussian\/no-overlap --set samples=1000/,
    )
  })
})

describe('Ctrl-C', () => {
  const small = ['--set', 'k=1,10', '--set', 'alphas=0.1', '--set', 'seeds=8']
  const line = ['run', 'overparam/updates', ...small, '--workers', '1']

  it('ends with 130, keeps what is finished, and --resume gives the same bytes', async () => {
    const out = join(scratch(), 'with a space')
    const rows = join(out, '.nonconvex', 'rows', 'overparam-updates.ndjson')
    const finished = () =>
      existsSync(rows) ? readFileSync(rows, 'utf8').split('\n').length - 2 : 0
    let timer: NodeJS.Timeout | undefined
    const stopped = await program([...line, '--out', out], {
      onErr: (_, kill) => {
        timer ??= setInterval(() => {
          if (finished() < 2) return
          clearInterval(timer)
          kill('SIGINT')
        }, 5)
      },
    })
    clearInterval(timer)
    expect(stopped.status).toBe(130)
    expect(stopped.err).toMatch(/interrupted after \d+ of \d+ cells; [^]*--resume/)
    expect(stopped.err).toMatch(/--out '[^']*with a space' --resume\n$/)
    expect(readdirSync(out)).toEqual(['.nonconvex'])
    expect(finished()).toBeGreaterThanOrEqual(2)

    const resumed = await program([...line, '--out', out, '--resume'])
    expect(resumed.err).toMatch(/of them already done/)
    expect(resumed.status).toBe(0)
    const whole = await here([...line, '--json', '--quiet'])
    expect(lasting(readFileSync(join(out, 'result.json'), 'utf8'))).toBe(lasting(whole.out))
  })

  it('keeps the old report while a new one is made, and goes on with what was finished', async () => {
    const out = join(scratch(), 'report')
    const line = ['reproduce', '--only', 'overparam/updates', '--workers', '1', '--out', out]
    expect(await here([...line, '--seed', '1'])).toMatchObject({ status: 0 })
    const page = readFileSync(join(out, 'index.html'), 'utf8')
    const rows = join(out, '.nonconvex', 'rows', 'overparam-updates.ndjson')
    let timer: NodeJS.Timeout | undefined
    const stopped = await program([...line, '--seed', '2'], {
      onErr: (_, kill) => {
        timer ??= setInterval(() => {
          if (!existsSync(rows) || readFileSync(rows, 'utf8').split('\n').length < 4) return
          clearInterval(timer)
          kill('SIGINT')
        }, 5)
      },
    })
    clearInterval(timer)
    expect(stopped.status).toBe(130)
    expect(stopped.err).toMatch(
      /\n {2}nonconvex reproduce --quick --only overparam\/updates --seed 2/,
    )
    expect(readFileSync(join(out, 'index.html'), 'utf8')).toBe(page)
    expect(await here(['verify', out])).toMatchObject({ status: 0 })
    const resumed = await program([...line, '--seed', '2', '--resume'])
    expect(resumed.err).toMatch(/of them already done/)
    expect(readFileSync(join(out, 'index.html'), 'utf8')).toMatch(/seed 2, quick preset/)
    expect(await program(['verify', out])).toMatchObject({ status: 0 })
  })
})
