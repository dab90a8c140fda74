import { readFileSync } from 'node:fs'
import { errorInterval } from '@nonconvex/overparam/fit'
import { expect, it } from 'vitest'
import { folder, fit } from './fit-files.js'
import { cli } from './harness.js'

interface Repeats {
  readonly training: {
    readonly repeats: readonly {
      readonly kind: string
      readonly name: number
      readonly train: { readonly examples: number }
      readonly test: { readonly errors: number; readonly examples: number }
    }[]
  }
}

/** Two classes that a line separates, but for the places of two examples. */
const rows = Array.from({ length: 40 }, (_, i) => {
  const side = i % 2 === 0 ? 1 : -1
  return `${side * (1 + (i % 7))},${i % 5},${(i < 2 ? -side : side) > 0 ? 'in' : 'out'}`
})
const csv = ['a,b,k', ...rows].join('\n')

it('--cv and --seeds: every example is held out once, with the interval, and the model is kept', async () => {
  const { path, put } = folder()
  const file = put('all.csv', csv)
  const flags = [
    '--cv',
    '4',
    '--seeds',
    '2',
    '--test',
    put('test.csv', 'a,b,k\n9,9,in\n-9,9,out\n'),
  ]
  const made = await fit(file, ...flags, '--max-steps', '2000', '--out', path('m'))
  expect(made.status).toBe(0)
  const document = JSON.parse(readFileSync(path('m/model.json'), 'utf8')) as Repeats
  const { repeats } = document.training
  expect(repeats.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    ...[1, 2, 3, 4].map((name) => `fold ${name}`),
    'seed 1',
    'seed 2',
  ])
  const folds = repeats.filter(({ kind }) => kind === 'fold')
  expect(folds.map(({ train, test }) => train.examples + test.examples)).toEqual([40, 40, 40, 40])
  expect(folds.map(({ test }) => test.examples)).toEqual([10, 10, 10, 10])
  const { hi } = errorInterval(
    folds.map(({ test }) => test),
    0.05,
  )
  expect(made.out).toContain(`${(100 * hi).toPrecision(3)} %]`)
  expect(readFileSync(path('m/index.html'), 'utf8')).toContain('4-fold cross-validation')
  expect((await cli(['verify', path('m')])).status).toBe(0)
  const again = await fit(file, ...flags, '--max-steps', '2000', '--out', path('n'))
  expect(again.status).toBe(0)
  expect(readFileSync(path('n/model.json'))).toEqual(readFileSync(path('m/model.json')))
})

it('--seeds without examples held out tells the spread; too many folds are refused', async () => {
  const { put } = folder()
  const file = put('all.csv', csv)
  const { out } = await fit(file, '--seeds', '2', '--max-steps', '500')
  expect(out).toMatch(
    /2 seeds: training error .*; the certificate .* with probability 0.95; .* updates. --test/,
  )
  const many = await fit(file, '--cv', '21')
  expect(many).toMatchObject({ status: 2, out: '', codes: ['flag-value'] })
  expect(many.err).toContain('at most 20 folds')
})
