import { claim, hypothesis, readable } from '@nonconvex/optim/claims'

const talk = 'A network is graph-permutation invariant exactly if it has the form of the theorem'
const paper =
  'Herzig, Raboh, Chechik, Berant, Globerson (2018), Mapping images to scene graphs with permutation-invariant structured prediction, arXiv 1802.05451'

/** Reports of the checker on functions of the theorem's form. */
export interface InvarianceFacts {
  /** functions, and those of them with a violation */
  readonly functions: number
  readonly violations: number
  /** smallest number of inputs on which one of them was tested */
  readonly trials: number
  /** largest |F(σz) − σF(z)|, and its tolerance */
  readonly maxError: number
  readonly tol: number
}

/**
 * No function violates invariance. Evidence, not a proof: with 95 % confidence the probability that
 * an input of this sampler violates it is below 3 / trials (1 − 0.05^(1/n) < 3/n).
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { formIsInvariant } from '@nonconvex/structured/invariance'
 * const found = { functions: 12, violations: 0, trials: 250, maxError: 1e-14, tol: 1e-9 }
 * console.log(verdictOn(formIsInvariant, found).status) // → holds
 */
export const formIsInvariant = claim(
  'structured/form-is-invariant',
  'Every function of the theorem’s form is graph-permutation invariant',
  'statistical',
  { talk, paper, theorem: 'theorem 1, sufficiency' },
  (found: InvarianceFacts) => {
    const { functions, violations, trials, maxError, tol } = found
    const rare = Math.min(1, 3 / Math.max(1, trials))
    return {
      statement: `${readable(violations)} of ${readable(functions)} functions violate invariance, each on ${readable(trials)} inputs with up to 5 permutations (probability below ${readable(rare)}); max change of a label ${readable(maxError)} (tolerance ${readable(tol)})`,
      measured: violations,
      relation: '<=',
      bound: 0,
      confidence: 0.95,
      hypotheses: [
        hypothesis(
          'inputs and permutations are drawn independently of the function',
          'by construction',
        ),
      ],
      ...(functions === 0 && { undecided: 'no function' }),
    }
  },
)

/** The checker's report about a function that depends on node positions. */
export interface ViolatorFacts {
  readonly name: string
  readonly found: boolean
  /** of the minimal counterexample */
  readonly nodes: number
  readonly error: number
}

/**
 * The checker finds a counterexample to each of them, with at most three nodes and a change above
 * rounding.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { violatorsAreFound } from '@nonconvex/structured/invariance'
 * const violators = [{ name: 'prefix sums', found: true, nodes: 2, error: 1 }]
 * console.log(verdictOn(violatorsAreFound, violators).status) // → holds
 */
export const violatorsAreFound = claim(
  'structured/violators-are-found',
  'The invariance checker finds a minimal counterexample for every tested function of node positions',
  'float64',
  { ours: 'sampled inputs with many ties; every counterexample is run again' },
  (all: readonly ViolatorFacts[]) => {
    const found = all.filter((one) => one.found && one.error > 1e-6)
    const largest = Math.max(0, ...found.map(({ nodes }) => nodes))
    const missed = all.filter((one) => !found.includes(one)).map(({ name }) => name)
    const rest = missed.length === 0 ? '' : `; none for ${missed.join(', ')}`
    return {
      statement: `counterexamples for ${readable(found.length)} of ${readable(all.length)} functions, of at most ${readable(largest)} nodes${rest}`,
      measured: found.length,
      relation: '==',
      bound: all.length,
      holds: largest <= 3,
      ...(all.length === 0 && { undecided: 'no function' }),
    }
  },
)

/** The construction against a function, on graphs. */
export interface ConstructionFacts {
  readonly name: string
  /** graphs on which it was evaluated, and those on which it equals the function */
  readonly graphs: number
  readonly equal: number
  /** graphs that it rejects because two nodes have the same features */
  readonly refused: number
  /** whether the construction passed the checker, exactly */
  readonly invariant: boolean
}

/**
 * φ, α, ρ of the construction reproduce every label of the invariant functions; for rejected graphs
 * the hypothesis fails.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { invariantHasForm } from '@nonconvex/structured/invariance'
 * const found = [{ name: 'degree', graphs: 100, equal: 100, refused: 0, invariant: true }]
 * console.log(verdictOn(invariantHasForm, found).status) // → holds
 */
export const invariantHasForm = claim(
  'structured/invariant-has-form',
  'The construction of φ, α, ρ reproduces every invariant function on a finite domain bit for bit',
  'float64',
  { talk, paper, theorem: 'theorem 1, necessity' },
  (all: readonly ConstructionFacts[]) => {
    const total = (of: (one: ConstructionFacts) => number): number =>
      all.reduce((sum, one) => sum + of(one), 0)
    const [graphs, equal, refused] = [
      total((one) => one.graphs),
      total((one) => one.equal),
      total((one) => one.refused),
    ]
    return {
      statement: `equal on ${readable(equal)} of ${readable(graphs)} graphs, for ${all.map(({ name }) => name).join(', ')}`,
      measured: equal,
      relation: '==',
      bound: graphs,
      hypotheses: [
        hypothesis('the nodes of each graph have distinct features', refused === 0, refused),
      ],
      ...(graphs === 0 && { undecided: 'no graph' }),
    }
  },
)

/**
 * The construction from a function that is not invariant is invariant, hence differs from it
 * somewhere.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { onlyInvariantHasForm } from '@nonconvex/structured/invariance'
 * const found = { name: 'position', graphs: 100, equal: 3, refused: 0, invariant: true }
 * console.log(verdictOn(onlyInvariantHasForm, found).status) // → holds
 */
export const onlyInvariantHasForm = claim(
  'structured/only-invariant-has-form',
  'The construction of φ, α, ρ from a function that is not invariant yields a different, invariant function',
  'float64',
  { talk, paper, theorem: 'theorem 1, sufficiency' },
  ({ name, graphs, equal, refused, invariant }: ConstructionFacts) => {
    const differ = graphs - equal - refused
    return {
      statement: `the construction for ${name} differs from it on ${readable(differ)} of ${readable(graphs)} graphs, and is ${invariant ? '' : 'not '}invariant`,
      measured: differ,
      relation: '>=',
      bound: 1,
      holds: invariant,
      ...(graphs === refused && { undecided: 'no graph' }),
    }
  },
)

/** Labels on the path of three nodes with equal features. */
export interface PathFacts {
  /** random layers of the theorem's form */
  readonly layers: number
  /** largest difference between two labels of one layer */
  readonly spread: number
  /** labels of the per-node form with φ = z_ij */
  readonly local: readonly number[]
}

/**
 * Layers of the theorem's form give the same label, bit for bit, to all three nodes, and the per-node
 * form gives their degrees.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { literalIsBlind } from '@nonconvex/structured/invariance'
 * console.log(verdictOn(literalIsBlind, { layers: 20, spread: 0, local: [1, 2, 1] }).status) // → holds
 */
export const literalIsBlind = claim(
  'structured/literal-is-blind',
  'On nodes with equal features the theorem’s form cannot count neighbors, but the per-node form can',
  'float64',
  { ours: 'the path of three nodes: ρ has the same arguments at every node' },
  ({ layers, spread, local }: PathFacts) => ({
    statement: `on the path, labels of ${readable(layers)} random layers of the theorem’s form differ by ${readable(spread)}; the per-node form gives ${local.join(', ')}`,
    measured: spread,
    relation: '==',
    bound: 0,
    holds: local.join() === '1,2,1',
    ...(layers === 0 && { undecided: 'no layer' }),
  }),
)
