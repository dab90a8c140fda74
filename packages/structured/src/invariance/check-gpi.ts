import { checkCount } from '@nonconvex/tensor/check'
import { stream, type Stream } from '@nonconvex/tensor'
import { checkGraph, type Graph, type GraphLabeling } from '../graph/graph.js'
import { oneOf } from '../layer/kinds.js'
import { compareUnder, labelsOf, sameLabels, type Comparison, type Difference } from './compare.js'
import { describeFailure } from './describe.js'
import { mixedSampler, type GraphSampler } from './mixed-sampler.js'
import { shrink } from './shrink.js'

/** How {@link checkGPI} searches for a violation. */
export interface CheckGPIOptions {
  /** draws inputs, at least one with two or more nodes; default: {@link mixedSampler} of `shape` */
  readonly sampler?: GraphSampler
  /** features of a node and of a pair for the default sampler; default one each */
  readonly shape?: { readonly d: number; readonly e: number }
  /** numbers of nodes, at least one above 1; default 1, 2, 3, 5, 8 */
  readonly sizes?: readonly number[]
  /** inputs of each size; default 50 */
  readonly trials?: number
  /**
   * allowed |F(σz) − σF(z)| / (1 + max |F(z)|), each output (an entry of the labels of nodes, of
   * pairs or of the graph) by its own maximum; default 1e-9, for float32 functions use 1e-4
   */
  readonly tol?: number
  /** `exact`: labels must be equal, without tolerance; default `float` */
  readonly mode?: 'float' | 'exact'
  /** default 1 */
  readonly seed?: number
  /**
   * the labels to compare; those of the whole graph always; default both
   */
  readonly outputs?: 'nodes' | 'edges' | 'both'
}

/** An input and a permutation of its nodes that violate invariance, shrunk to minimal. */
export interface Counterexample extends Graph, Difference {
  /** the permutation: node i of the permuted graph is node sigma[i] */
  readonly sigma: readonly number[]
}

/** The report of {@link checkGPI}. */
export type GPIReport =
  | {
      readonly ok: true
      /** inputs tried */
      readonly trials: number
      /** largest |F(σz) − σF(z)| */
      readonly maxError: number
      readonly statement: string
    }
  | {
      readonly ok: false
      readonly reason: 'violation'
      readonly trials: number
      readonly counterexample: Counterexample
      /** the counterexample in words */
      readonly statement: string
    }
  | {
      readonly ok: false
      readonly reason: 'nondeterministic'
      readonly trials: number
      /** the input on which two calls differ */
      readonly input: Graph
      readonly statement: string
    }

/**
 * Searches for a violation of graph-permutation invariance, F(σz) = σF(z), on sampled inputs, and
 * shrinks counterexamples.
 *
 * Each input is tested with an adjacent transposition, the cyclic shift, the reversal and two
 * random permutations. The first two generate all permutations, so a function that passes them on
 * *all* inputs is invariant; on sampled inputs it is evidence, not a proof. Dependence on positions
 * appears mostly on ties, which the default sampler has many of.
 *
 * @param F - any labeling; its inputs are copies, it may reuse the memory of its results, and it is
 *   called on each input twice before and once after the permuted ones, and on the first one at the
 *   end, to detect nondeterminism
 * @returns that no violation was found, or a minimal counterexample; NaN on one side only is a
 *   violation. Labels that are not numbers are compared by value
 * @throws RangeError for sizes or trials that are not integers (≥ 0, ≥ 1), no size above 1, a
 *   sampler without inputs of two nodes, an unknown mode or outputs, or a negative tolerance;
 *   ShapeError if F returns no labels, a wrong number of them, or labels that cannot be compared by
 *   value; errors of F on a sampled input
 *
 * Cost: about 8 calls of F for each input; up to 8000 more for shrinking.
 * Source: the definition is that of Herzig et al. (2018); sampler and shrinking are ours.
 *
 * @example
 * import { checkGPI } from '@nonconvex/structured/invariance'
 * // the sum of all nodes up to and including this one
 * const report = checkGPI(({ nodes }) => {
 *   let sum = 0
 *   return { nodes: { ...nodes, data: nodes.data.map((x) => (sum += x)) } }
 * })
 * if (!report.ok && report.reason === 'violation') console.log(report.counterexample.nodes.rows) // → 2
 */
export function checkGPI(F: GraphLabeling, options: CheckGPIOptions = {}): GPIReport {
  const { shape = { d: 1, e: 1 }, sizes = [1, 2, 3, 5, 8], trials = 50, seed = 1 } = options
  const { mode = 'float', outputs = 'both', tol = 1e-9 } = options
  const sampler = options.sampler ?? mixedSampler(shape.d, shape.e)
  checkNumbers(sizes, trials, tol)
  oneOf('checkGPI', 'mode', mode, ['float', 'exact'])
  oneOf('checkGPI', 'outputs', outputs, ['nodes', 'edges', 'both'])
  const comparison: Comparison = { mode, outputs, tol }
  let maxError = 0
  let tried = 0
  let several = false
  /** asks F for the labels of the very first input again */
  let sameAtTheEnd = (): boolean => true
  let first: Graph | undefined
  for (const n of sizes)
    for (let trial = 0; trial < trials; trial++) {
      const source = stream(seed).child(`size ${n}`, trial)
      const input = sampler(source.child('graph'), n, trial)
      checkGraph('checkGPI', input)
      tried++
      several ||= input.nodes.rows > 1
      const before = labelsOf(F, input, comparison)
      const again = (): boolean => sameLabels(input, before, labelsOf(F, input, comparison))
      if (!again()) return nondeterministic(tried, input)
      if (first === undefined) {
        first = input
        sameAtTheEnd = again
      }
      for (const sigma of ordersOf(source.child('orders'), input.nodes.rows)) {
        const { error, violation } = compareUnder(F, input, sigma, comparison, before)
        maxError = Math.max(maxError, error)
        if (violation) {
          if (!again()) return nondeterministic(tried, input)
          const failure = shrink(F, { graph: input, sigma, difference: violation }, comparison)
          return {
            ok: false,
            reason: 'violation',
            trials: tried,
            counterexample: { ...failure.graph, sigma: failure.sigma, ...failure.difference },
            statement: describeFailure(failure),
          }
        }
      }
      if (!again()) return nondeterministic(tried, input)
    }
  if (first !== undefined && !sameAtTheEnd()) return nondeterministic(tried, first)
  if (!several) throw new RangeError('checkGPI: the sampler must draw graphs of two or more nodes')
  const statement = `no violation in ${tried} trials, each under up to 5 orders of the nodes`
  return { ok: true, trials: tried, maxError, statement }
}

function nondeterministic(trials: number, input: Graph): GPIReport {
  const { rows } = input.nodes
  const statement = `two calls on one input of ${rows} ${rows === 1 ? 'node' : 'nodes'} gave different labels; switch dropout and other randomness off`
  return { ok: false, reason: 'nondeterministic', trials, input, statement }
}

/**
 * One transposition of neighbors, the cyclic shift, the reversal, two random orders; each order
 * once, that of the input never.
 */
function ordersOf(source: Stream, n: number): number[][] {
  const places = Array.from({ length: n }, (_, i) => i)
  const swap = places.slice()
  if (n > 1) {
    const at = source.integer(n - 1)
    swap[at] = at + 1
    swap[at + 1] = at
  }
  const shift = places.map((i) => (i + 1) % n)
  const random = [source.permutation(n), source.permutation(n)].map((sigma) => Array.from(sigma))
  const all = [swap, shift, places.slice().reverse(), ...random]
  const others = new Map(all.map((sigma) => [sigma.join(), sigma]))
  others.delete(places.join())
  return [...others.values()]
}

function checkNumbers(sizes: readonly number[], trials: number, tol: number): void {
  const size = sizes.find((n) => !Number.isSafeInteger(n) || n < 0)
  if (size !== undefined) throw new RangeError(`checkGPI: sizes must be integers ≥ 0, got ${size}`)
  if (!sizes.some((n) => n > 1))
    throw new RangeError(
      `checkGPI: sizes must include one above 1, got ${sizes.join(', ') || 'none'}`,
    )
  checkCount('checkGPI', 'trials', trials)
  if (!(tol >= 0)) throw new RangeError(`checkGPI: tol must be ≥ 0, got ${tol}`)
}
