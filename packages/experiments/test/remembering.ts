import type { Json } from '@nonconvex/optim/claims'
import type { Cell, Experiment, Work } from '../src/define/experiment.js'
import type { KeyedCell } from '../src/define/keys.js'
import { canonicalJson } from '../src/result/canonical.js'

/**
 * The experiment, but what `check` has computed once it does not compute again. A check is a
 * function of (cell, params, seed, row); one that did not look at what the row says was measured is
 * a function of the rest.
 */
export function remembering(experiment: Experiment): Experiment {
  const known = new Map<string, Json>()
  return {
    ...experiment,
    work: async () => {
      const work = await experiment.work()
      return { ...work, check: checkOnce(work, known) }
    },
  }
}

function checkOnce(work: Work, known: Map<string, Json>): Work['check'] {
  return async (row, context) => {
    const { params, cell, stream, shared } = context
    const { measured, ...rest } = row
    const without = canonicalJson([params, cell, stream.name, shared.name, rest])
    const whole = canonicalJson([without, measured])
    const before = known.get(without) ?? known.get(whole)
    if (before !== undefined) return before
    let looked = false
    const watched = {
      ...rest,
      get measured() {
        looked = true
        return measured
      },
    }
    const again = await work.check(watched, context)
    known.set(looked ? whole : without, again)
    return again
  }
}

/**
 * The experiment, but once one row is wrong, the others are taken as they are: the document is
 * rejected whatever they are.
 */
export function untilRejected(experiment: Experiment): Experiment {
  return {
    ...experiment,
    work: async () => {
      const work = await experiment.work()
      let rejected = false
      const check: Work['check'] = async (row, context) => {
        if (rejected) return row.measured
        rejected = true // also if the check throws
        const again = await work.check(row, context)
        rejected = canonicalJson(again) !== canonicalJson(row.measured)
        return again
      }
      return { ...work, check }
    },
  }
}

/**
 * The experiment, but two kinds of rows are taken as they are: those that are checked only by
 * measuring them again, for a run whose digest is compared with that of an earlier one, which
 * measured the same cells; and those between the first and the last of their part, which are checked
 * by the same code.
 */
export function checkedBefore(experiment: Experiment): Experiment {
  return {
    ...experiment,
    work: async () => {
      const work = await experiment.work()
      const check: Work['check'] = (row, context) => {
        const partOf = (cell: Cell): string => (cell as unknown as KeyedCell).part
        const part = partOf(context.cell)
        const { rows, audited = true } = work.verification?.[part] ?? {}
        const again = rows === 'recomputed' && !audited
        const ofPart = experiment.cells(context.params).filter((cell) => partOf(cell) === part)
        const ends = [ofPart[0], ofPart[ofPart.length - 1]].map(({ key }) => key)
        return again || !ends.includes(row.key) ? row.measured : work.check(row, context)
      }
      return { ...work, check }
    },
  }
}
