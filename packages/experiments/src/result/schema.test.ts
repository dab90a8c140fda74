import { Ajv } from 'ajv'
import * as v from 'valibot'
import { beforeAll, describe, expect, it } from 'vitest'
import { demoFigures } from '../../test/demo-figures.js'
import { toy } from '../../test/toy.js'
import { runExperiment } from '../engine/run.js'
import type { Figure } from '../figure/figure.js'
import { pack } from './packed.js'
import { resultJsonSchema } from './result-json-schema.js'
import type { Result } from './result.js'
import { resultSchema } from './schema.js'

type Path = (string | number)[]

const valid = new Ajv({ strict: true, allowUnionTypes: true, validateFormats: false }).compile(
  resultJsonSchema,
)
let result: Result

beforeAll(async () => {
  const toyResult = await runExperiment(toy, { seed: 1 })
  const figures = demoFigures.slice(0, 2).map(shortened)
  const rows = [{ ...toyResult.rows[0], witness: [1, [null, true, { a: 'b' }]] }]
  const hypothesis = { text: 'separable', status: 'holds', measured: 0.1 } as const
  const verdicts = [
    {
      ...toyResult.verdicts[0],
      confidence: 0.95,
      hypotheses: [hypothesis],
      witness: { at: [1, 2] },
    },
  ]
  result = JSON.parse(JSON.stringify({ ...toyResult, rows, figures, verdicts })) as Result
})

/** The figure with one packed number in each frame, for speed: all documents are validated. */
function shortened(figure: Figure): Figure {
  const values = { list: [1, 'a', null], packed: pack(Float64Array.of(1)) }
  const panels = figure.panels.map((panel) => ({ ...panel, frames: { values } }))
  return { ...figure, panels }
}

/** Every place in the document. */
function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item: unknown, i) => [i, item])
    : Object.entries(value)
  return [path, ...entries.flatMap(([key, inner]) => placesOf(inner, [...path, key]))]
}

/**
 * The document with something else at one place, or with the place gone; what is not on the way
 * there is shared.
 */
function spoiled(path: Path, other: unknown, value: unknown = result): unknown {
  const [key, ...rest] = path
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as {
    [key: string | number]: unknown
  }
  if (rest.length > 0) copy[key] = spoiled(rest, other, copy[key])
  else if (other === undefined && Array.isArray(copy)) copy.splice(Number(key), 1)
  else if (other === undefined) Reflect.deleteProperty(copy, key)
  else copy[key] = other
  return copy
}

describe('the JSON Schema', () => {
  it('accepts real results', () => {
    expect(valid(result)).toBe(true)
    expect(v.is(resultSchema, result)).toBe(true)
  })

  it('and the parser agree on every document with one place changed', () => {
    const others = [undefined, null, 'text', '', -1, 0.5, 1, true, [], {}, ['a'], { a: 1 }]
    let refused = 0
    let accepted = 0
    for (const path of placesOf(result).slice(1)) {
      for (const other of others) {
        const document = spoiled(path, other)
        const parsed = v.is(resultSchema, document)
        if (valid(document) !== parsed)
          expect.fail(`${path.join('.')} = ${JSON.stringify(other)}: the parser says ${parsed}`)
        if (parsed) accepted += 1
        else refused += 1
      }
    }
    // the comparison has seen both kinds
    expect(refused).toBeGreaterThan(1000)
    expect(accepted).toBeGreaterThan(100)
  })

  it('refuses unknown fields everywhere but in free data', () => {
    const free =
      /^(params|rows\.\d+\.(measured|witness)|verdicts\.\d+\.witness|timings\.cells|figures\.\d+\.panels\.\d+\.frames)/
    for (const path of placesOf(result)) {
      const at = path.reduce<unknown>(
        (value, key) => (value as Record<string | number, unknown>)[key],
        result,
      )
      if (typeof at !== 'object' || at === null || Array.isArray(at)) continue
      if (free.test(path.join('.'))) continue
      const document = spoiled([...path, 'surplus'], 1)
      expect(valid(document), path.join('.')).toBe(false)
      expect(v.is(resultSchema, document), path.join('.')).toBe(false)
    }
  })
})
