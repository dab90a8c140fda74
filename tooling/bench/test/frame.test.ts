import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { Mismatch, refuseMismatch } from '../frame/agree.mjs'
import { compareVariants, here, median } from '../frame/compare.mjs'
import { candidates, findPythons, missingOf, pythonWith } from '../frame/pythons.mjs'
import { RivalProcess } from '../frame/python-rival.mjs'
import { chosen, runBenches } from '../frame/run-benches.mjs'

const speaks = fileURLToPath(new URL('speaks.mjs', import.meta.url))
const started: RivalProcess[] = []
afterEach(() => started.splice(0).forEach((each) => each.close()))

/** A rival that needs no library. */
function rival(): RivalProcess {
  const made = new RivalProcess(process.execPath, [speaks])
  started.push(made)
  return made
}

const x = Float64Array.of(1, -2, 1e300, 0.1)
const ours = here(
  'ours',
  () => x.map((value) => 2 * value),
  (y) => ({ y }),
)
const wrong = here(
  'wrong',
  () => x.slice(),
  (y) => ({ y }),
)

/** A whole run of benches that are given, with what it printed. */
async function run(benches: readonly unknown[], commands: readonly string[] = []) {
  const lines: string[] = []
  const hints: string[] = []
  const result = await runBenches({
    benches,
    commands,
    print: (line = '') => void lines.push(line),
    hint: (line: string) => void hints.push(line),
  })
  return { ...result, text: lines.join('\n'), hints }
}

const bench = (body: (context: never) => unknown) => ({
  name: 'doubling',
  about: 'twice x',
  run: body,
})

describe('answers are compared first', () => {
  it('refuses the first number that differs, with its place', () => {
    const tolerances = { y: 1e-9 }
    const expected = { y: [1, 2e6] }
    expect(() => refuseMismatch('B', { y: [1, 2e6 + 1e-4] }, expected, tolerances)).not.toThrow()
    expect(() => refuseMismatch('B', { y: [1, 2e6 + 1] }, expected, tolerances)).toThrow(
      'B: y[1] is 2000001, ours 2000000',
    )
  })

  it.each([
    ['NaN', { y: [NaN, 1] }, /y\[0\] is NaN/],
    ['another length', { y: [1] }, /y has 1 numbers, ours 2/],
    ['nothing under that name', { z: [1, 1] }, /y is missing/],
  ])('refuses %s', (_, actual, message) => {
    expect(() => refuseMismatch('B', actual, { y: [1, 1] }, { y: 1 })).toThrow(message)
  })

  it('refuses to compare nothing, and a result without a tolerance', () => {
    expect(() => refuseMismatch('B', {}, {}, {})).toThrow('no tolerance for anything')
    expect(() => refuseMismatch('B', { y: [1] }, { y: [1] }, {})).toThrow('no tolerance for y')
  })

  it('does not time a variant whose answer differs', async () => {
    let timed = 0
    const counting = { ...wrong, time: () => ++timed }
    await expect(compareVariants([ours, counting], { y: 1e-12 })).rejects.toThrow(Mismatch)
    expect(timed).toBe(0)
  })
})

describe('a run', () => {
  it('prints every variant and its ratio to ours, and which goals are met', async () => {
    const variants = [
      { ...ours, time: (calls: number) => 10 * calls },
      { ...ours, label: 'a part', time: (calls: number) => 100 * calls, note: 'scaled' },
    ]
    const { document, status, text } = await run([
      bench((context: { task(spec: unknown): unknown }) =>
        context.task({
          title: 'x of 4',
          variants,
          tolerances: { y: 0 },
          goals: [
            { label: 'a part', atLeast: 10 },
            { label: 'a part', atLeast: 11 },
            { label: 'ours', atMostMs: 10 },
            { label: 'not installed', atLeast: 2 },
          ],
        }),
      ),
    ])
    expect(status).toBe(0)
    const [{ rows, goals }] = document.benches[0].tasks
    expect(rows).toMatchObject([
      { label: 'ours', ms: 10, best: 10, ratio: 1 },
      { label: 'a part', ms: 100, best: 100, ratio: 10, note: 'scaled' },
    ])
    expect(goals.map(({ met }: { met: boolean }) => met)).toEqual([true, false, true])
    expect(text).toMatch(/a part +100\.00 ms +best +100\.00 ms +10\.00 × ours {2}\(scaled\)/)
  })

  it('ends with 1 when a result differs, says where, and goes on', async () => {
    const task = (variants: unknown[]) => ({
      title: `of ${variants.length}`,
      variants,
      tolerances: { y: 1e-9 },
    })
    const { document, status, text } = await run([
      bench(async (context: { task(spec: unknown): Promise<unknown> }) => {
        await context.task(task([ours, wrong]))
        await context.task(task([ours]))
      }),
    ])
    expect(status).toBe(1)
    expect(text).toContain('FAILED: the results differ. wrong: y[0] is 1, ours 2')
    const [failed, other] = document.benches[0].tasks
    expect(failed).toEqual({ title: 'of 2', failure: expect.stringContaining('wrong: y[0]') })
    expect(other.rows).toHaveLength(1)
  })

  it('says what is not installed and how to install it, and measures ours', async () => {
    const { document, status, text } = await run([
      bench(
        async (context: {
          python(script: string, needs: string[]): { variant(): unknown } | undefined
          task(spec: unknown): unknown
        }) => {
          const rival = context.python('gaussian_numpy.py', ['numpy'])
          const variants = [ours, rival?.variant()]
          await context.task({ title: 'alone', variants, tolerances: { y: 0 } })
        },
      ),
    ])
    expect(status).toBe(0)
    expect(document.missing).toEqual({ python3: 'apt-get install python3' })
    expect(text).toMatch(/not measured, because not installed:\n {2}python3: apt-get install/)
    expect(document.benches[0].tasks[0].rows).toHaveLength(1)
  })

  it('ends with 3 when a rival crashes', async () => {
    const { status, text } = await run([
      bench(async () => {
        await rival().variant('crashing', 'crash')
      }),
    ])
    expect(status).toBe(3)
    expect(text).toMatch(/FAILED: .*it ended with status 7\na reason on standard error/)
  })

  it('knows its benches by name, and the nearest one', () => {
    const benches = [{ name: 'overlap' }, { name: 'layer' }]
    expect(chosen(benches)).toBe(benches)
    expect(chosen(benches, 'layer')).toEqual([{ name: 'layer' }])
    expect(() => chosen(benches, 'overlpa')).toThrow(
      'unknown bench "overlpa"; did you mean overlap?; there are overlap, layer',
    )
  })
})

describe('a rival in its own process', () => {
  it('gets numbers and gives them back bit for bit, and stays', async () => {
    const other = rival()
    const [first, second] = [
      await other.variant('double', 'double', { arrays: { x } }),
      await other.variant('triple', 'triple', { arrays: { x: [1] } }),
    ]
    expect(await first.answer()).toEqual({ y: x.map((value) => 2 * value) })
    expect(await second.answer()).toEqual({ y: Float64Array.of(3) })
    expect(await first.time(4)).toBe(10)
    expect(first.note).toBe('1 thread, reference BLAS')
    const rows = await compareVariants([ours, first], { y: 0 })
    expect(rows.map(({ label }) => label)).toEqual(['ours', 'double'])
  })

  it('answers requests that are made at once one after the other', async () => {
    const other = rival()
    const tasks = ['double', 'refuse', 'triple', 'double']
    const made = await Promise.allSettled(
      tasks.map((task) => other.variant(task, task, { arrays: { x: [1] } })),
    )
    expect(made.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ])
  })

  it('passes on what it could not do, and lives', async () => {
    const other = rival()
    await expect(other.variant('refusing', 'refuse')).rejects.toThrow('no such size')
    expect(await other.variant('double', 'double', { arrays: { x } })).toBeDefined()
  })

  it('is missed when it cannot be started', async () => {
    const none = new RivalProcess('/nowhere/python3', [])
    await expect(none.variant('none', 'double')).rejects.toThrow('ENOENT')
  })
})

describe('interpreters', () => {
  const pythons = [
    { command: 'a', versions: { python3: '3.11', numpy: '2.4' } },
    { command: 'b', versions: { python3: '3.13', numpy: '2.2', torch: '2.6' } },
  ]

  it('takes the first that has everything', () => {
    expect(pythonWith(pythons, ['numpy'])?.command).toBe('a')
    expect(pythonWith(pythons, ['numpy', 'torch'])?.command).toBe('b')
    expect(pythonWith(pythons, ['scipy'])).toBeUndefined()
    expect(missingOf(pythons, ['numpy', 'scipy'])).toEqual(['scipy'])
  })

  it('looks at the named one alone', () => {
    expect(candidates({ NONCONVEX_PYTHON: '/mine', PATH: '/bin' })).toEqual(['/mine'])
    expect(
      candidates({ PATH: '/nowhere' }).some((path: string) => path.startsWith('/nowhere')),
    ).toBe(false)
  })

  it('passes over what does not start', async () => {
    expect(await findPythons(['/nowhere/python3'])).toEqual([])
  })
})

it('takes the middle, of an even number the mean of both', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

it('says where a rival rests on the slow BLAS', async () => {
  const heard: string[] = []
  const other = new RivalProcess(process.execPath, [speaks], {
    onBlas: (name: string) => heard.push(name),
  })
  started.push(other)
  const { note } = await other.variant('double', 'double', { arrays: { x: [1] } })
  expect(heard).toEqual(['reference BLAS'])
  expect(note).toBe('1 thread, reference BLAS')
})
