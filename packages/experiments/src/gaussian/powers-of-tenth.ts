import type { ColumnOf } from '../define/table.js'

/** 0.1, 0.01, …: so many of them, each the float64 nearest to it. */
export const powersOfTenth = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => Number(`1e-${i + 1}`))

/** The columns of a table with a number for each of the angles 0.1, 0.01, … */
export const angleColumns = <R>(
  phis: readonly number[],
  value: (row: R, i: number) => number | null,
): { [name: string]: ColumnOf<R> } =>
  Object.fromEntries(
    phis.map((phi, i): [string, ColumnOf<R>] => [
      `from${phi.toExponential()}`,
      [`$\\varphi_0 = 10^{${Math.round(Math.log10(phi))}}$`, (row) => value(row, i)],
    ]),
  )
