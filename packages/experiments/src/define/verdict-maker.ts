import {
  decide,
  named,
  weakest,
  type Claim,
  type Closeness,
  type DecidableClaim,
  type Verdict,
  verdictOn,
} from '@nonconvex/optim/claims'
import { failureOf, type Failure } from './failure.js'
import type { KeyedCell } from './keys.js'

/** Cells on which a claim rests: a part by its name, or those of its cells that `where` accepts. */
export type Need<Cells> =
  | (keyof Cells & string)
  | {
      readonly [Part in keyof Cells & string]: {
        readonly part: Part
        readonly where: (cell: Cells[Part]) => boolean
      }
    }[keyof Cells & string]

/** One of several cases that a claim is decided on. */
export interface Case<Facts> {
  /** names the case in the statement: 'k = 3' */
  readonly which?: string
  readonly facts: Facts
}

/**
 * Decides claims on the rows so far. A claim is inconclusive while a row that it needs is missing
 * or its cell has failed: facts from a part of the rows neither establish nor refute it; its
 * statement reports them. Nor do they decide a hypothesis: until then a verdict lists only those
 * that are assumed or true by construction.
 */
export interface VerdictMaker<Cells> {
  /**
   * @param needs - the parts on whose rows the facts rest
   * @param facts - called only when each part that is needed has a row
   */
  <Facts>(claim: DecidableClaim<Facts>, needs: readonly Need<Cells>[], facts: () => Facts): Verdict

  /** A claim on several cases: the weakest of its verdicts (see `weakest`). */
  each<Facts>(
    claim: DecidableClaim<Facts>,
    needs: readonly Need<Cells>[],
    cases: () => readonly Case<Facts>[],
    options?: { readonly closeness?: Closeness; readonly outside?: 'aside' | 'first' },
  ): Verdict

  /** A claim with a verdict of its own making. */
  of(claim: Claim, needs: readonly Need<Cells>[], make: () => Verdict): Verdict
}

/**
 * @param cells - all cells of the run
 * @param done - whether a cell has its row
 * @param failures - cells that failed
 * @param report - receives a claim whose decision failed
 */
export function verdictMaker<Cells>(
  cells: readonly KeyedCell[],
  done: (key: string) => boolean,
  failures: readonly Failure[],
  report: (failure: Failure) => void,
): VerdictMaker<Cells> {
  const of = (claim: Claim, needs: readonly Need<Cells>[], make: () => Verdict): Verdict => {
    const open = (statement: string, undecided: string): Verdict =>
      decide(claim, { statement, undecided })
    const groups = needs.map((need) => needed(cells, need))
    const all = groups.flat()
    const finished = all.filter(({ key }) => done(key)).length
    const failed = failures.find(({ key }) => all.some((cell) => cell.key === key))
    const missing = failed
      ? `cell "${failed.key}" failed: ${failed.message}`
      : finished < all.length
        ? `${finished} of ${all.length} cells are done`
        : undefined
    if (missing !== undefined && groups.some((group) => !group.some(({ key }) => done(key))))
      return open('no rows yet', missing)
    let found: Verdict
    try {
      found = make()
    } catch (error) {
      const failure = failureOf(claim.id, error)
      if (missing === undefined) report(failure)
      return open('the claim could not be decided', missing ?? failure.message)
    }
    if (missing === undefined) return found
    // what was measured of a hypothesis rests on rows, some of which are missing
    const hypotheses = found.hypotheses.filter(
      ({ status }) => status === 'assumed' || status === 'by construction',
    )
    if (found.status === 'inapplicable')
      return { ...open('the hypotheses need the missing rows', missing), hypotheses }
    const soFar = found.status === 'violated' ? 'violated so far: ' : ''
    return {
      ...found,
      status: 'inconclusive',
      hypotheses,
      statement: `${soFar}${found.statement}; undecided: ${missing}`,
    }
  }
  const maker = <Facts>(
    claim: DecidableClaim<Facts>,
    needs: readonly Need<Cells>[],
    facts: () => Facts,
  ): Verdict => of(claim, needs, () => verdictOn(claim, facts()))
  const each: VerdictMaker<Cells>['each'] = (claim, needs, cases, options = {}) =>
    of(claim, needs, () => {
      const list = cases()
      if (list.length === 0)
        return decide(claim, { statement: 'no case to decide on', undecided: 'no case' })
      const verdicts = list.map(({ which, facts }) =>
        which === undefined ? verdictOn(claim, facts) : named(which, verdictOn(claim, facts)),
      )
      return weakest(verdicts, options.closeness, options.outside)
    })
  return Object.assign(maker, { each, of })
}

function needed<Cells>(cells: readonly KeyedCell[], need: Need<Cells>): readonly KeyedCell[] {
  if (typeof need === 'string') return cells.filter(({ part }) => part === need)
  const where = need.where as (cell: object) => boolean
  return cells.filter(({ part, cell }) => part === need.part && where(cell))
}
