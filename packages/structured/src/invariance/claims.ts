import { claim, hypothesis, readable } from '@nonconvex/optim/claims'

const talk = 'A network is graph-permutation invariant exactly if it has the form of the theorem'
const paper =
  'Herzig, Raboh, Chechik, Berant, Globerson (2018), Mapping images to scene graphs with permutation-invariant structured prediction, arXiv 1802.05451'

/** What the checker said about functions of the form of the theorem. */
export interface InvarianceFacts {
  /** functions, and those of them with a violation */
  readonly functions: number
  readonly violations: number
  /** fewest inputs that one of them was tried on */
  readonly trials: number
  /** largest |F(σz) − σF(z)| and what is allowed */
  readonly maxError: number
  readonly tol: number
}

/**
 * Whether no function violated invariance. Evidence, no proof: with 95 % confidence the inputs of
 * this sampler on which one function does are rarer than 3 / trials (1 − 0.05^(1/n) < 3/n).
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { formIsInvariant } from '@nonconvex/structured/invariance'
 * const found = { functions: 12, violations: 0, trials: 250, maxError: 1e-14, tol: 1e-9 }
 * console.log(verdictOn(formIsInvariant, found).status) // → holds
 */
export const formIsInvariant = claim(
  'structured/form-is-invariant',
  'What has the form of the theorem does not depend on the order of the nodes',
  'statistical',
  { talk, paper, theorem: 'theorem 1, sufficiency' },
  (found: InvarianceFacts) => {
    const { functions, violations, trials, maxError, tol } = found
    const rare = Math.min(1, 3 / Math.max(1, trials))
    return {
      statement: `${readable(violations)} of ${readable(functions)} functions violated it, each on ${readable(trials)} inputs in up to 5 orders (rarer than ${readable(rare)}); labels moved by ${readable(maxError)} at most, ${readable(tol)} allowed`,
      measured: violations,
      relation: '<=',
      bound: 0,
      confidence: 0.95,
      ...(functions === 0 && { undecided: 'no function' }),
    }
  },
)

/** What the checker said about a function that reads positions. */
export interface ViolatorFacts {
  readonly name: string
  readonly found: boolean
  /** of the shrunk counterexample */
  readonly nodes: number
  readonly error: number
}

/**
 * Whether each of them was caught, on at most three nodes, by a difference that is no rounding.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { violatorsAreFound } from '@nonconvex/structured/invariance'
 * const caught = [{ name: 'prefix sums', found: true, nodes: 2, error: 1 }]
 * console.log(verdictOn(violatorsAreFound, caught).status) // → holds
 */
export const violatorsAreFound = claim(
  'structured/violators-are-found',
  'What reads positions is caught, with a smallest counterexample',
  'float64',
  { ours: 'sampled inputs with many ties; every counterexample is run again' },
  (all: readonly ViolatorFacts[]) => {
    const caught = all.filter(({ found, error }) => found && error > 1e-6)
    const largest = Math.max(0, ...caught.map(({ nodes }) => nodes))
    const missed = all.filter((one) => !caught.includes(one)).map(({ name }) => name)
    const rest = missed.length === 0 ? '' : `; not ${missed.join(', ')}`
    return {
      statement: `${readable(caught.length)} of ${readable(all.length)} were caught, on ${readable(largest)} nodes at most${rest}`,
      measured: caught.length,
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
  /** graphs on which it was asked, and those on which it equals the function */
  readonly graphs: number
  readonly equal: number
  /** graphs that it refused as two nodes have the same features */
  readonly refused: number
  /** whether the construction passed the checker, exactly */
  readonly invariant: boolean
}

/**
 * Whether φ, α, ρ of the construction give every label of the invariant functions tried; refused
 * graphs break the hypothesis.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { invariantHasForm } from '@nonconvex/structured/invariance'
 * const found = [{ name: 'degree', graphs: 100, equal: 100, refused: 0, invariant: true }]
 * console.log(verdictOn(invariantHasForm, found).status) // → holds
 */
export const invariantHasForm = claim(
  'structured/invariant-has-form',
  'Invariant functions on a finite domain have the form of the theorem: the construction gives their labels, to the last bit',
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
      hypotheses: [hypothesis('nodes of a graph differ in their features', refused === 0, refused)],
      ...(graphs === 0 && { undecided: 'no graph' }),
    }
  },
)

/**
 * Whether the construction from a function that is not invariant is invariant, and hence differs
 * from it somewhere.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { onlyInvariantHasForm } from '@nonconvex/structured/invariance'
 * const found = { name: 'place', graphs: 100, equal: 3, refused: 0, invariant: true }
 * console.log(verdictOn(onlyInvariantHasForm, found).status) // → holds
 */
export const onlyInvariantHasForm = claim(
  'structured/only-invariant-has-form',
  'From a function that is not invariant the construction makes another one',
  'float64',
  { talk, paper, theorem: 'theorem 1, sufficiency' },
  ({ name, graphs, equal, refused, invariant }: ConstructionFacts) => {
    const differ = graphs - equal - refused
    return {
      statement: `the construction for ${name} differs from it on ${readable(differ)} of ${readable(graphs)} graphs, and is ${invariant ? '' : 'not '}invariant itself`,
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
  /** random layers of the literal form */
  readonly layers: number
  /** largest difference between two labels that one of them gave */
  readonly spread: number
  /** labels of the local form with φ = z_ij */
  readonly local: readonly number[]
}

/**
 * Whether literal layers gave one label to all three nodes, bit by bit, and the local one their
 * degrees.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { literalIsBlind } from '@nonconvex/structured/invariance'
 * console.log(verdictOn(literalIsBlind, { layers: 20, spread: 0, local: [1, 2, 1] }).status) // → holds
 */
export const literalIsBlind = claim(
  'structured/literal-is-blind',
  'On nodes with equal features the literal form cannot count neighbours; the local form can',
  'float64',
  { ours: 'the path of three nodes: every node of it is given the same arguments' },
  ({ layers, spread, local }: PathFacts) => ({
    statement: `labels of ${readable(layers)} random literal layers differ by ${readable(spread)} on the path; the local form gives ${local.join(', ')}`,
    measured: spread,
    relation: '==',
    bound: 0,
    holds: local.join() === '1,2,1',
    ...(layers === 0 && { undecided: 'no layer' }),
  }),
)
