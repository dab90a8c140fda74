import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { readSafetensors } from '@nonconvex/tensor/safetensors'
import { describe, expect, it } from 'vitest'
import { documentOf, used } from './fitted.js'
import { cli, scratch } from './harness.js'
import { digitFiles, irisCsv } from './own-files.js'
import { program } from './program.js'

describe('fit separable on real data, used in other processes', () => {
  it('digits 3 against 5: separable, every claim holds, held-out errors are few', async () => {
    const folder = scratch()
    const files = await digitFiles(folder, 1200)
    const model = join(folder, 'model')
    const fit = await program([
      'fit',
      'separable',
      files.train,
      '--positive',
      '3',
      '--negative',
      '5',
      '--test',
      files.test,
      '--out',
      model,
    ])
    expect(fit).toMatchObject({ status: 0 })
    expect(fit.out).toContain('The examples are separable')
    expect(readdirSync(model).sort()).toEqual([
      '.nonconvex',
      'index.html',
      'model.json',
      'weights.safetensors',
    ])
    const { training, weights } = documentOf(model)
    expect(new Set(training.verdicts.map(({ status }) => status))).toEqual(new Set(['holds']))
    expect(training.separation.kind).toBe('separable')
    for (const run of training.runs) {
      expect(run).toMatchObject({ status: 'converged', loss: 0 })
      expect(run.updates).toBeLessThan(run.bounds?.best ?? 0)
    }
    const bytes = readFileSync(join(model, 'weights.safetensors'))
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(weights)
    expect(readSafetensors(bytes).tensors['weights']?.shape).toEqual([200, 784])

    const digits = readFileSync(files.test.replace('images-idx3', 'labels-idx1')).subarray(8)
    const named = (line: number): string => ({ 3: '3', 5: '5' })[digits[line - 1]] ?? ''
    const test = await used(model, files.test, named, program)
    // the one 7 is on neither side
    expect(test).toMatchObject({ examples: 695, trainedOn: false, skipped: 1 })
    expect(test.errors).toBeLessThan(50)
    expect(test.errorBound).toBeGreaterThan(test.errors / test.examples)
  })

  it('iris setosa against the rest: separable with a bias; another seed, another network', async () => {
    const folder = scratch()
    const path = irisCsv(folder)
    const species = readFileSync(path, 'utf8')
      .split('\n')
      .map((line) => line.split(',')[4])
    const args = ['fit', 'separable', path, '--positive', 'setosa', '--bias', '1', '--k', '20']
    const fit = (...more: string[]) => cli([...args, '--json', '--quiet', ...more])
    const first = await fit()
    expect(first).toMatchObject({ status: 0, err: '' })
    expect((await fit()).out).toBe(first.out)
    expect((await fit('--seed', '2')).out).not.toBe(first.out)
    const model = join(folder, 'model')
    const written = await program([...args, '--out', model, '--json', '--quiet'])
    expect(written).toMatchObject({ status: 0, err: '' })
    expect(JSON.parse(readFileSync(join(model, 'model.json'), 'utf8'))).toEqual(
      JSON.parse(written.out),
    )
    // all but the version, which page and weights contain, too
    const lasting = (text: string) => ({
      ...(JSON.parse(text) as object),
      versions: null,
      page: null,
      weights: null,
    })
    expect(lasting(written.out)).toEqual(lasting(first.out))
    const label = (line: number) => (species[line - 1] === 'setosa' ? 'setosa' : 'not setosa')
    const found = await used(model, path, label, program)
    expect(found).toMatchObject({ examples: 150, errors: 0, trainedOn: true, errorBound: null })
    // the iris have repeated rows; as many are known as differ
    expect(await cli(['verify', model, '--quiet'])).toMatchObject({ status: 0 })
    const [head, ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n')
    const turned = join(folder, 'turned.csv')
    writeFileSync(turned, [head, ...rows.reverse()].join('\n'))
    const again = await cli(['evaluate', model, turned, '--json', '--quiet'])
    expect(JSON.parse(again.out)).toMatchObject({
      trainedOn: false,
      errorBound: null,
      seen: { examples: 150, firstLine: 2 },
    })
  })

  it('iris versicolor against virginica: not separable, proved by rows of the file', async () => {
    const folder = scratch()
    const path = irisCsv(folder)
    const lines = readFileSync(path, 'utf8').split('\n')
    const model = join(folder, 'model')
    const args = ['fit', 'separable', path, '--positive', 'versicolor', '--negative', 'virginica']
    const fit = await program([...args, '--bias', '1', '--out', model])
    expect(fit).toMatchObject({ status: 0 })
    expect(fit.out).toContain('not separable with the bias 1')
    const { training } = documentOf(model)
    expect(training.separation).toMatchObject({ kind: 'inseparable', exact: true })
    const statuses = Object.fromEntries(
      training.verdicts.map((v) => [v.claim, [v.status, v.rigor]]),
    )
    expect(statuses['overparam/no-separator']).toEqual(['holds', 'proof'])
    expect(statuses['overparam/updates-bounded']).toEqual(['inapplicable', 'float64'])
    // the witness, summed here in integers of a tenth of a centimetre
    const sums = [0n, 0n, 0n, 0n, 0n]
    for (const { line, integer } of training.separation.witness ?? []) {
      const cells = lines[line - 1].split(',')
      const sign = cells[4] === 'versicolor' ? 1n : -1n
      const row = [...cells.slice(0, 4).map((cell) => BigInt(Math.round(Number(cell) * 10))), 10n]
      expect(BigInt(integer ?? '0')).toBeGreaterThan(0n)
      row.forEach((value, c) => (sums[c] += sign * BigInt(integer ?? '0') * value))
    }
    expect(sums).toEqual([0n, 0n, 0n, 0n, 0n])
    expect((training.separation.witness ?? []).length).toBeGreaterThan(2)
    const named = (line: number): string =>
      ['versicolor', 'virginica'].find((name) => lines[line - 1].endsWith(name)) ?? ''
    const found = await used(model, path, named, cli)
    expect(found).toMatchObject({ examples: 100, skipped: 50, trainedOn: true })
    expect(found.errors).toBeLessThan(20)
    expect(await cli([...args, '--bias', '1', '--quiet', '--strict'])).toMatchObject({
      status: 1,
    })
  })
})

it('a million rows: read in pieces, fitted, scored, with memory of a few matrices', async () => {
  const folder = scratch()
  const path = join(folder, 'million.csv')
  const file = openSync(path, 'w')
  writeSync(file, 'a,b,label\n')
  for (let block = 0; block < 100; block++) {
    const rows = Array.from({ length: 10_000 }, (_, i) => {
      const [a, b] = [900 + ((block * 10_000 + i) % 101), (i * 7) % 97]
      return `${a},${b},${i % 2 === 0 ? 'up' : 'down'}`.replace(/^(.*),down$/, '-$1,down')
    })
    writeSync(file, `${rows.join('\n')}\n`)
  }
  closeSync(file)
  const report = `--import=data:text/javascript,process.on('exit',()=>console.error('peak='+process.resourceUsage().maxRSS))`
  const env = { NODE_OPTIONS: report }
  const peak = (err: string): number =>
    Math.max(...[...err.matchAll(/peak=(\d+)/g)].map(([, kilobytes]) => Number(kilobytes))) / 1024
  const model = join(folder, 'model')
  const fit = await program(['fit', 'separable', path, '--k', '2', '--out', model], { env })
  expect(fit).toMatchObject({ status: 0 })
  expect(fit.out).toContain('1,000,000')
  expect(peak(fit.err)).toBeLessThan(1100)
  const out = join(folder, 'predictions.csv')
  const predicted = await program(['predict', model, path, '--out', out], { env })
  expect(predicted).toMatchObject({ status: 0 })
  expect(peak(predicted.err)).toBeLessThan(400)
  expect(readFileSync(out, 'utf8').trimEnd().split('\n')).toHaveLength(1_000_001)
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  expect(existsSync(model)).toBe(true)
  writeFileSync(path, '')
})
