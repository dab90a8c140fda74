import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isPacked, pack, unpack, type Result } from '@nonconvex/experiments'
import { modelOutputs } from '@nonconvex/overparam/fit'
import { labelOutputs, readLabelColumns } from '@nonconvex/structured/multilabel'
import { describeWithPython, python } from '@tooling/vitest/requires'
import { expect, it } from 'vitest'
import { readModel } from '../src/models/model-folder.js'
import { multilabelModelOf } from '../src/models/multilabel-document.js'
import { openExamples } from '../src/models/one-vs-rest-document.js'
import { fit, folder } from './fit-files.js'
import { cli } from './harness.js'

const page = readFileSync(new URL('../../docs/python.md', import.meta.url), 'utf8')
const files = new Map(
  [...page.matchAll(/```python file=(\w+)\.py\n([^]*?)```/g)].map(([, name, code]) => [name, code]),
)

/** Saves the files of the page in a folder, as it asks, and runs lines there; gives what they print. */
function printedBy(cwd: string, lines: string): string {
  for (const [name, code] of files) writeFileSync(join(cwd, `${name}.py`), code)
  writeFileSync(join(cwd, 'script.py'), lines)
  return execFileSync(python, ['script.py'], { cwd, encoding: 'utf8', stdio: 'pipe' })
}

/** The same after imports from these files, and numpy's; what they print is JSON. */
function run(cwd: string, names: readonly string[], more: string): unknown {
  const imports = names.map((name) => `from ${name} import *`)
  return JSON.parse(
    printedBy(cwd, ['import json', 'import numpy as np', ...imports, more].join('\n')),
  ) as unknown
}

describeWithPython('the readers of the page on Python', () => {
  it('read a result: fields as they are, packed numbers bit for bit', async () => {
    const own = folder()
    const { out } = await cli(['run', 'demo/halving', '--json'])
    const document = JSON.parse(out) as Result
    const [first, ...rows] = document.rows
    const numbers = pack(Float64Array.of(0.1, -1e-300, 1e300, 0, 1, 2), [3, 2])
    const changed = {
      ...document,
      rows: [{ ...first, measured: { numbers: { ...numbers } } }, ...rows],
    }
    own.put('result.json', JSON.stringify(changed))
    const more = `
read = result["rows"][0]["measured"]["numbers"]
print(json.dumps([result["digest"], read.tolist(), str(read.dtype), len(measured)]))`
    const used = files.get('use_result')?.replace(/print\(verdict/, 'assert (verdict') ?? ''
    expect(run(own.path('.'), ['read_result'], used + more)).toEqual([
      document.digest,
      [
        [0.1, -1e-300],
        [1e300, 0],
        [1, 2],
      ],
      'float64',
      document.rows.length,
    ])
    expect(isPacked(numbers) && [...unpack(numbers)]).toHaveLength(6)
    own.put('result.json', '{"seed": 1, "seed": 2}')
    expect(() => run(own.path('.'), ['read_result'], 'read_result("result.json")')).toThrow('twice')
  })

  it.each([[], ['--bias', '1'], ['--bias', '2', '--standardise']])(
    'read a model, whose outputs are ours: %s %s %s',
    async (...flags) => {
      const own = folder()
      const data = own.put('data.csv', 'a,b,kind\n1,2,x\n3,1,y\n2,2,x\n4,1,y\n')
      expect((await fit(data, '--out', own.path('model'), ...flags)).status).toBe(0)
      const {
        models: [model],
      } = openExamples(readModel(own.path('model')))
      const x = { rows: 2, cols: 2, data: Float64Array.of(1, 2.5, -3, 1) }
      const more =
        'document, arrays = read_model("model")\n' +
        'print(json.dumps(outputs(document, arrays, np.array([[1, 2.5], [-3, 1]])).tolist()))'
      const found = run(own.path('.'), ['read_model', 'use_model'], more) as readonly number[]
      modelOutputs(model, x).forEach((output, i) => expect(found[i]).toBeCloseTo(output, 12))
    },
  )

  it('read a model of several classes, whose predictions are ours', async () => {
    const own = folder()
    const data = own.put('data.csv', 'a,b,kind\n1,0,x\n-1,1,y\n-1,-1,z\n2,0,x\n-2,2,y\n')
    expect((await fit(data, '--out', own.path('model'))).status).toBe(0)
    const { out } = await cli(['predict', own.path('model'), data])
    const ours = out.trim().split('\n').slice(1)
    const more =
      'document, arrays = read_model("model")\n' +
      'x = np.array([[1, 0], [-1, 1], [-1, -1], [2, 0], [-2, 2]])\n' +
      'print(json.dumps(predictions(document, arrays, x)[0]))'
    expect(run(own.path('.'), ['read_model', 'use_classes'], more)).toEqual(
      ours.map((row) => row.split(',')[1]),
    )
  })

  it.each([[], ['--hidden', '0'], ['--counted']])(
    'read a multilabel model, whose scores are ours: %s %s',
    async (...flags) => {
      const own = folder()
      const data = own.put('data.csv', 'a,b,x,y\n1,2.5,1,0\n-3,1,1,1\n0,4,0,1\n')
      const labels = ['--label', 'x', '--label', 'y']
      const epochs = ['--epochs', '3', '--out', own.path('model')]
      await cli(['fit', 'multilabel', data, ...labels, ...epochs, ...flags])
      const { network } = multilabelModelOf(readModel(own.path('model')))
      const ours = labelOutputs(network, await readLabelColumns([readFileSync(data)], ['x', 'y']))
      const more =
        'document, arrays = read_model("model")\n' +
        'x = np.array([[1, 2.5], [-3, 1], [0, 4]])\n' +
        'print(json.dumps([scores(arrays, x).ravel().tolist(), probabilities(arrays, x).shape]))'
      const found = run(own.path('.'), ['read_model', 'use_labels'], more) as [number[], number[]]
      expect(found[0].length).toBe(ours.length)
      ours.forEach((output, i) => expect(found[0][i]).toBeCloseTo(output, 5))
    },
  )

  it.each([['--positive', 'tulip'], []])(
    'predict new flowers as the command does, by the script of the page: %s %s',
    async (...flags) => {
      const own = folder()
      const example = (name: string) => new URL(`../examples/${name}`, import.meta.url)
      const file = own.put('flowers.csv', readFileSync(example('flowers.csv')))
      const data = own.put('new.csv', readFileSync(example('new.csv')))
      await fit(file, '--bias', '1', '--out', own.path('flowers'), ...flags)
      const cells = (text: string) =>
        text
          .trim()
          .split('\n')
          .map((row) => row.split(','))
      const ours = cells((await cli(['predict', own.path('flowers'), data])).out)
      const theirs = cells(printedBy(own.path('.'), files.get('predict_new') ?? ''))
      expect(theirs).toHaveLength(10)
      theirs.forEach(([line, label, output], i) => {
        expect([line, label]).toEqual(ours[i].slice(0, 2))
        if (i > 0) expect(Number(output)).toBeCloseTo(Number(ours[i][2]), 12)
      })
    },
  )
})
