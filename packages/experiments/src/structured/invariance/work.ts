import {
  gpiLayer,
  graphOf,
  permuteGraph,
  type Graph,
  type GraphLabeling,
} from '@nonconvex/structured'
import {
  checkGPI,
  constructive,
  demoFunctions,
  demoGraph,
  demoLetters,
  firstMismatch,
  formIsInvariant,
  invariantHasForm,
  literalIsBlind,
  onlyInvariantHasForm,
  violatorsAreFound,
  type Counterexample,
} from '@nonconvex/structured/invariance'
import type { Stream } from '@nonconvex/tensor'
import type { CellsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { witnessed, workOf, type PartContext, type PartRow } from '../../define/work.js'
import { invariance, names, type Params } from './experiment.js'
import { invarianceFigure, TOLERANCE } from './figures.js'
import { invariantSubjects, violators, type Subject } from './subjects.js'

/** The checker's report. */
export type CheckedMeasured = {
  readonly trials: number
  readonly violated: boolean
  /** largest |F(σz) − σF(z)|; of the counterexample where there is one */
  readonly error: number
  /** nodes of the counterexample, 0 without one */
  readonly nodes: number
  readonly words: string
}
/** The construction against the function. */
export type BuiltMeasured = {
  readonly graphs: number
  readonly equal: number
  readonly refused: number
  readonly invariant: boolean
}
export type PathMeasured = { readonly spread: number; readonly local: readonly number[] }

/**
 * The counterexample: features of nodes and pairs, the pairs that exist, the two nodes that are
 * swapped.
 */
export type CounterexampleWitness = {
  readonly nodes: readonly (readonly number[])[]
  readonly edges: readonly (readonly (readonly number[])[])[]
  readonly mask: readonly (readonly number[])[] | null
  readonly sigma: readonly number[]
  readonly node: number
}

type CheckedRow<C> = PartRow<C, CheckedMeasured, CounterexampleWitness | null>

/** Measures the functions of a list; a counterexample is evaluated again from the definition. */
const checkedBy = <C extends { readonly name: string }>(subjects: readonly Subject[]) => {
  const subjectOf = (name: string): Subject => {
    const found = subjects.find((one) => one.name === name)
    if (!found) throw new Error(`checkGPI: no function named ${name}`)
    return found
  }
  return {
    measure: ({ name }: C, context: MeasureContext<Params>) => checked(subjectOf(name), context),
    audit: ({ cell, measured, witness }: CheckedRow<C>, { stream }: PartContext<Params>): void => {
      if (!witness) return
      const error = errorAt(subjectOf(cell.name).make(stream.child('weights')), witness)
      if (error !== measured.error)
        throw new Error(
          `expected a change of ${measured.error} at the counterexample, got ${error}`,
        )
    },
  }
}

/** The function of the construction that depends on node positions. */
const other = names.built[names.built.length - 1]

export const work = workOf(invariance, {
  parts: {
    form: checkedBy<CellsOf<typeof invariance>['form']>(invariantSubjects),
    violator: checkedBy<CellsOf<typeof invariance>['violator']>(violators),
    built: { measure: ({ name }, context) => built(name, context) },
    path: { measure: (_, context) => onPath(context) },
  },
  conclude: (rows, { layers }, verdict) => {
    const [form, violator, constructions] = [
      rows.form.map(({ cell, measured }) => ({ name: cell.name, ...measured })),
      rows.violator.map(({ cell, measured }) => ({ name: cell.name, ...measured })),
      rows.built.map(({ cell, measured }) => ({ name: cell.name, ...measured })),
    ]
    return {
      verdicts: [
        verdict(formIsInvariant, ['form'], () => ({
          functions: form.length,
          violations: form.filter(({ violated }) => violated).length,
          trials: Math.min(...form.map(({ trials }) => trials)),
          maxError: Math.max(...form.map(({ error }) => error)),
          tol: TOLERANCE,
        })),
        verdict(violatorsAreFound, ['violator'], () =>
          violator.map(({ violated, ...one }) => ({ ...one, found: violated })),
        ),
        verdict(invariantHasForm, [{ part: 'built', where: ({ name }) => name !== other }], () =>
          constructions.filter(({ name }) => name !== other),
        ),
        verdict.each(
          onlyInvariantHasForm,
          [{ part: 'built', where: ({ name }) => name === other }],
          () => constructions.filter(({ name }) => name === other).map((facts) => ({ facts })),
        ),
        verdict.each(literalIsBlind, ['path'], () =>
          rows.path.map(({ measured }) => ({ facts: { layers, ...measured } })),
        ),
      ],
      tables: [
        tableOf('form', 'Functions of the theorem’s form', form, {
          function: ['function', ({ name }) => name],
          inputs: ['inputs', ({ trials }) => trials],
          error: ['max change of a label', ({ error }) => error, 2],
          violated: ['violated', ({ violated }) => (violated ? 'yes' : 'no')],
        }),
        tableOf(
          'violators',
          'Functions that depend on node positions, and their minimal counterexamples',
          violator,
          {
            function: ['function', ({ name }) => name],
            inputs: ['inputs until the first violation', ({ trials }) => trials],
            nodes: ['nodes', ({ nodes }) => nodes],
            words: ['counterexample', ({ words }) => words.split('\n').join('; ')],
          },
        ),
        tableOf(
          'built',
          'The construction of φ, α, ρ on graphs of 2 to 6 nodes with features from an alphabet of 12',
          constructions,
          {
            function: ['function', ({ name }) => name],
            graphs: ['graphs', ({ graphs }) => graphs],
            equal: ['equal', ({ equal }) => equal],
            refused: ['rejected', ({ refused }) => refused],
            invariant: ['construction invariant', ({ invariant }) => (invariant ? 'yes' : 'no')],
          },
        ),
      ],
      figures: [invarianceFigure(form, violator)],
    }
  },
})

function checked({ make, sampler }: Subject, { params, stream }: MeasureContext<Params>) {
  const F = make(stream.child('weights'))
  const report = checkGPI(F, {
    trials: params.trials,
    seed: stream.child('seed').integer(2 ** 31),
    ...(sampler ? { sampler } : { shape: { d: 2, e: 2 } }),
  })
  const { trials, statement: words } = report
  const found = (
    violated: boolean,
    counterexample?: Counterexample,
    error = counterexample?.error ?? 0,
  ) =>
    witnessed<CheckedMeasured, CounterexampleWitness | null>(
      { trials, violated, error, nodes: counterexample?.nodes.rows ?? 0, words },
      counterexample ? witnessOf(counterexample) : null,
    )
  if (report.ok) return found(false, undefined, report.maxError)
  return report.reason === 'nondeterministic' ? found(true) : found(true, report.counterexample)
}

function witnessOf({ nodes, edges, mask, sigma, index }: Counterexample): CounterexampleWitness {
  const places = Array.from({ length: nodes.rows }, (_, i) => i)
  const slice = ({ data, cols }: Graph['nodes'], at: number): number[] =>
    Array.from(data.subarray(at * cols, (at + 1) * cols), (x) => x + 0)
  return {
    nodes: places.map((i) => slice(nodes, i)),
    edges: places.map((i) => places.map((j) => slice(edges, i * nodes.rows + j))),
    mask: mask ? places.map((i) => places.map((j) => mask[i * nodes.rows + j])) : null,
    sigma,
    node: index[0] ?? 0,
  }
}

/** A graph on which the construction throws although features are distinct counts as different. */
function built(
  name: string,
  { params: { graphs, letters }, stream }: MeasureContext<Params>,
): BuiltMeasured {
  const F = demoFunctions.find((one) => one.name === name)?.F
  if (!F) throw new Error(`checkGPI: no function named ${name}`)
  const buckets = stream.child('hash').permutation(demoLetters.length)
  const construction = constructive(F, demoLetters, { hash: ([id]) => buckets[id] })
  let [asked, equal, refused] = [0, 0, 0]
  for (let n = 2; n <= 6; n++)
    for (let t = 0; t < graphs; t++) {
      const graph = demoGraph(stream.child(`n=${n}`, t), n, letters === 'repeated')
      asked++
      if (new Set(graph.nodes.data).size < n)
        refused += Number(succeeds(() => construction.apply(graph)) === undefined)
      else equal += Number(succeeds(() => !firstMismatch(F, construction, graph)) ?? false)
    }
  const report = succeeds(() =>
    checkGPI(construction.apply, {
      sampler: (source, n) => demoGraph(source, n),
      sizes: [1, 2, 4, 6],
      mode: 'exact',
      trials: graphs,
      seed: stream.child('seed').integer(2 ** 31),
    }),
  )
  return { graphs: asked, equal, refused, invariant: report?.ok ?? false }
}

/** The result of a call; undefined if it throws. */
function succeeds<T>(call: () => T): T | undefined {
  try {
    return call()
  } catch {
    return undefined
  }
}

const path: Graph = graphOf(
  [[0.5], [0.5], [0.5]],
  [
    [[0], [1], [0]],
    [[1], [0], [1]],
    [[0], [1], [0]],
  ],
)

function onPath({ params, stream }: MeasureContext<Params>): PathMeasured {
  let spread = 0
  for (let t = 0; t < params.layers; t++) {
    const { data } = literalLayer(stream.child('layer', t))(path).nodes
    spread = Math.max(spread, Math.max(...data) - Math.min(...data))
  }
  const local = gpiLayer({
    phi: { width: 1, map: (_, zij) => zij },
    rho: { width: 1, map: (_, sk) => sk },
  })
  return { spread, local: Array.from(local(path).nodes.data) }
}

/** Random weights, two ReLU units in φ and in α, one in ρ. */
function literalLayer(source: Stream): ReturnType<typeof gpiLayer> {
  const w = source.normalInto(new Float64Array(15))
  const unit = (at: number, ...x: readonly number[]): number =>
    Math.max(
      0,
      x.reduce((sum, value, i) => sum + w[at + i] * value, 0),
    )
  return gpiLayer({
    readout: 'literal',
    phi: { width: 2, map: ([a], [b], [c]) => [unit(0, a, b, c), unit(3, a, b, c)] },
    alpha: { width: 2, map: ([a], [s, t]) => [unit(6, a, s, t), unit(9, a, s, t)] },
    rho: { width: 1, map: ([a], [g, h]) => [unit(12, a, g, h)] },
  })
}

/** |F(σz) − σF(z)| at one node, from the definition. */
function errorAt(F: GraphLabeling, witness: CounterexampleWitness): number {
  const { nodes, edges, mask, sigma, node } = witness
  const graph = graphOf(nodes, edges, mask ?? undefined)
  const label = (z: Graph, i: number): readonly number[] => {
    const labels = F(z).nodes
    if (labels === undefined || !('data' in labels))
      throw new Error('expected numbers as labels of nodes, got none')
    return Array.from(labels.data.subarray(i * labels.cols, (i + 1) * labels.cols))
  }
  const after = label(permuteGraph(graph, sigma), node)
  const before = label(graph, sigma[node])
  return Math.max(...after.map((x, f) => Math.abs(x - before[f])))
}
