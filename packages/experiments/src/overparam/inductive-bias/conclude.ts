import type { Conclusion } from '../../define/experiment.js'
import {
  decideBeyondLinear,
  decideLikesLinear,
  decideNotLeastNorm,
  type NamedNet,
} from './claims.js'
import { orderFigure, sweepFigure } from './figures.js'
import type { InductiveBiasRow, NetMeasured } from './measure.js'
import { inductiveBiasCells, sweeps, type InductiveBiasParams, type RunCell } from './params.js'
import { planeFigure } from './plane-figure.js'
import { decideNotLeastRank } from './rank.js'
import { digitsTable, orderTable, sweepTable, type SweptNet } from './tables.js'

const atOf = ({ sweep, row, k, alpha }: RunCell): number =>
  ({ start: row, width: k, leak: alpha })[sweep]

const nameOf = ({ sweep, row, k, alpha, seed }: RunCell): string =>
  `${{ start: `r = ${row}`, width: `k = ${k}`, leak: `α = ${alpha}` }[sweep]}, data ${seed}`

/** Verdicts, tables and figures of the runs so far. */
export function concludeInductiveBias(
  rows: readonly InductiveBiasRow[],
  p: InductiveBiasParams,
): Conclusion {
  const byKey = new Map(rows.map(({ key, measured }) => [key, measured]))
  const netOf = (key: string): NetMeasured | undefined => {
    const measured = byKey.get(key)
    return measured?.kind === 'net' ? measured : undefined
  }
  const cells = inductiveBiasCells(p)
  const swept = cells.flatMap((cell): SweptNet[] => {
    const measured = netOf(cell.key)
    if (cell.kind !== 'run' || !measured) return []
    const { sweep, seed, alpha, k } = cell
    return [{ name: nameOf(cell), sweep, seed, alpha, k, at: atOf(cell), measured }]
  })
  const digits = cells.flatMap((cell): (NamedNet & { readonly task: string })[] => {
    const measured = netOf(cell.key)
    if (cell.kind !== 'digits' || !measured) return []
    const { task, k } = cell
    return [{ name: `digits ${task}, k = ${k}`, task, k, alpha: p.alpha, measured }]
  })
  const nets = cells.filter(({ kind }) => kind !== 'plane').length
  const all = [...swept, ...digits]
  const missing = nets - all.length
  const wanted = cells.filter(({ kind }) => kind === 'digits').length
  const plane = rows.map(({ measured }) => measured).find(({ kind }) => kind === 'plane')
  return {
    verdicts: [
      decideLikesLinear(all, missing),
      decideNotLeastRank(all, missing),
      decideNotLeastNorm(all, missing),
      ...(p.digits ? [decideBeyondLinear(digits, wanted - digits.length)] : []),
    ],
    tables: [
      ...sweeps.map((sweep) => sweepTable(swept, sweep)),
      orderTable(swept),
      ...(p.digits ? [digitsTable(digits)] : []),
    ],
    figures: [
      ...sweeps.flatMap((sweep) => sweepFigure(swept, sweep)),
      ...orderFigure(swept),
      ...planeFigure(plane?.kind === 'plane' ? plane : undefined),
    ],
  }
}
