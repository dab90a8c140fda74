import { expect, it, describe } from 'vitest'
import { graphOf, type Graph, type GraphLabeling } from '../graph/graph.js'
import { checkGPI } from './check-gpi.js'

/** How many nodes are smaller. */
const rank: GraphLabeling = ({ nodes: { rows, data } }) => ({
  nodes: Array.from({ length: rows }, (_, i) => data.filter((x) => x < data[i]).length),
})

describe('checkGPI refuses', () => {
  it('what it cannot try', () => {
    expect(() => checkGPI(rank, { sizes: [-1] })).toThrow(/sizes must be integers ≥ 0, got -1/)
    expect(() => checkGPI(rank, { sizes: [0, 1] })).toThrow(
      /checkGPI: sizes must include one above 1, got 0, 1$/,
    )
    expect(() => checkGPI(rank, { sizes: [] })).toThrow(/one above 1, got none/)
    expect(() => checkGPI(rank, { trials: 0 })).toThrow(
      /expected trials to be an integer ≥ 1, got 0/,
    )
    expect(() => checkGPI(rank, { tol: NaN })).toThrow(/tol must be ≥ 0, got NaN/)
    expect(() => checkGPI(rank, { shape: { d: 1, e: -1 } })).toThrow(
      /expected e to be an integer ≥ 0/,
    )
  })

  it('labels that are not one for each node, or none at all', () => {
    expect(() => checkGPI(() => ({ nodes: [1, 2, 3] }))).toThrow(/nodes must have 1 rows, got 3/)
    expect(() => checkGPI(() => ({}))).toThrow(/must return labels of both, got none/)
  })

  it('labels that it could not compare, kinds that there are not, a sampler of single nodes', () => {
    const F =
      (labels: object): GraphLabeling =>
      () =>
        labels
    const check = (labels: object) => () => checkGPI(F(labels), { sizes: [2] })
    expect(check({ graph: 5 })).toThrow("F's label of the graph must be a list, got a number")
    expect(check({ nodes: [{ x: 1 }, { x: 2 }] })).toThrow(
      "checkGPI: F's labels must be numbers, strings, booleans or lists of these, got an object",
    )
    expect(check({ nodes: [[null], [null]] })).toThrow(/or lists of these, got null/)
    const options = (change: object) => () => checkGPI(rank, change)
    expect(options({ mode: 'Exact' })).toThrow('mode must be one of float, exact, got Exact')
    expect(options({ outputs: 'node' })).toThrow(
      /outputs must be one of nodes, edges, both, got node/,
    )
    expect(options({ sampler: () => graphOf([[1]]) })).toThrow(
      /the sampler must draw graphs of two or more nodes/,
    )
  })

  it('a sampled graph that is not well formed', () => {
    const sampler = (): Graph => ({ ...graphOf([[1]]), mask: new Uint8Array(3) })
    expect(() => checkGPI(rank, { sampler })).toThrow(
      /checkGPI: mask must have length n² = 1, got 3/,
    )
  })
})
