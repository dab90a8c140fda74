import type { Json } from '@nonconvex/optim/claims'
import { SgdRun } from '@nonconvex/overparam'
import { beforeAll, describe, expect, it } from 'vitest'
import { cellStreams } from '../../engine/cell.js'
import { findExperiment } from '../../registry.js'
import { pack } from '../../result/packed.js'
import { updates } from '../updates/experiment.js'
import { taskOf as updatesTask } from '../updates/work.js'
import type { Measured } from './facts.js'
import { measureRun, replayRun, type RunTask } from './run-cell.js'
import { decideSeparable } from './separable.js'
import { ledgerTable } from './tables.js'
import { evidenceOf, witnessOf, type RunWitness } from './witness.js'

const taskOf = (given: { readonly [name: string]: Json }): RunTask => {
  const params = updates.params.parse({ k: [3], d: 6, n: 40, seeds: 1, ...given })
  const [cell] = updates.cells.run(params)
  return updatesTask(cell, {
    params,
    ...cellStreams(findExperiment('overparam/updates'), 1, cell.key),
  })
}
const context = { signal: new AbortController().signal, watch: () => undefined }
const task = taskOf({})
const known = decideSeparable(task.data)
const wStar = known.wStar ?? new Float64Array(0)
let honest: { readonly measured: Measured; readonly witness: RunWitness }
beforeAll(async () => {
  honest = await measureRun(task, context)
})
const witness = (change: { readonly [name: string]: Json }): unknown => ({
  ...honest.witness,
  ...change,
})

describe('the check of a run', () => {
  it('gives its numbers again, to the last bit', () => {
    expect(replayRun(honest.witness, task)).toStrictEqual(honest.measured)
  })

  it('rejects another separator, even one that separates, from which other bounds would follow', () => {
    const larger = wStar.map((value) => 2 * value)
    const moved = wStar.map((value, c) => (c === 2 ? value * (1 + 2 ** -52) : value))
    for (const other of [larger, moved, wStar.map((value) => -value)])
      expect(() => replayRun(witness({ separator: { ...pack(other) } }), task)).toThrow(
        /^witness: expected separator\[\d\] to be .* as recomputed from the data, got /,
      )
    expect(() => replayRun(witness({ separator: null }), task)).toThrow(
      'witness: expected separator to have 6 numbers, got none',
    )
  })

  it('rejects Gordan weights other than those found', async () => {
    const flipped = taskOf({ flips: 8, d: 3, epochs: 5 })
    const none = decideSeparable(flipped.data)
    const row = await measureRun(flipped, context)
    expect(replayRun(row.witness, flipped)).toMatchObject({ separable: 'no' })
    const gordan = { ...pack((none.gordan ?? new Float64Array(0)).map((value) => 2 * value)) }
    expect(() => replayRun({ ...row.witness, gordan }, flipped)).toThrow(
      /^witness: expected gordan\[\d+\]/,
    )
  })

  it('rejects a run that refused some of its updates and still ended with a loss of 0', () => {
    const options = { ...task.options, trace: { wStar } }
    const run = new SgdRun(task.data, options)
    let last = -1
    while (run.status === 'running') {
      const { step, updates } = run.progress()
      if (step === last) run.pass(1)
      else {
        run.advance(1)
        if (run.progress().updates > updates) last = step + 1
      }
    }
    const { list } = evidenceOf(honest.witness)
    const forged = run.outcome()
    expect(forged.status).toBe('converged')
    expect(forged.sequence).not.toEqual(list.sequence)
    expect(() => replayRun(witnessOf(forged, known), task)).toThrow(
      'expected no update before this step, got one at step',
    )
  })
})

describe('the ledger of a run', () => {
  const cells = (): { readonly [name: string]: number | string | null } => {
    const { columns, rows } = ledgerTable([
      { name: 'a run', group: '', measured: honest.measured },
      { name: 'no updates', group: '', measured: { ...honest.measured, ledger: null } },
    ])
    expect(rows).toHaveLength(1)
    return Object.fromEntries(columns.map(({ name }, c) => [name, rows[0][c]]))
  }

  it('splits the whole of the published bound over the steps of the proof: each gives away a factor', () => {
    const row = cells()
    const steps = ['roots', 'slopes', 'worst_slope', 'output', 'norms', 'margins', 'cauchy_schwarz']
    const factors = steps.map((name) => Number(row[name]))
    for (const factor of factors) expect(factor).toBeGreaterThanOrEqual(1 - 1e-6)
    const { bounds, updates } = honest.measured
    const total = (bounds?.paper ?? NaN) / updates
    expect(row['total']).toBe(total)
    expect(factors.reduce((product, factor) => product * factor, 1) / total).toBeCloseTo(1, 9)
    expect(row['mean_output']).toBeLessThan(1)
    expect(row['mean_slope']).toBeGreaterThan(0.1)
  })
})
