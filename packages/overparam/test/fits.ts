import { stream } from '@nonconvex/tensor'
import { fitSeparable, type FitOptions, type SeparableFit } from '../src/fit/fit-separable.js'
import { loadCsv, type Table } from '../src/tabular/index.js'
import { separableData } from './problems.js'

export const csv = (rows: readonly (readonly (number | string)[])[]): Table =>
  loadCsv(
    [rows[0].map((_, c) => `f${c}`).join(','), ...rows.map((row) => row.join(','))].join('\n'),
  )

export function table(seed: number, n = 60, d = 4): Table {
  const { data } = separableData({ n, d, gamma: 0.1, size: 1, seed })
  return csv(
    Array.from({ length: n }, (_, i) => [
      ...data.x.data.subarray(i * d, (i + 1) * d),
      data.y[i] > 0 ? 'yes' : 'no',
    ]),
  )
}

export const fit = (data: Table, options: Partial<FitOptions> = {}): Promise<SeparableFit> =>
  fitSeparable(data, { k: 8, stream: stream(1), ...options })

export const statuses = (found: SeparableFit): { readonly [claim: string]: string } =>
  Object.fromEntries(found.verdicts.map(({ claim, status }) => [claim.split('/')[1], status]))
