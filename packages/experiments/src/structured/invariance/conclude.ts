import {
  decideLiteral,
  decideNecessity,
  decideOnlyInvariant,
  decideSufficiency,
  decideViolators,
  demoFunctions,
  literalClaim,
  necessityClaim,
  onlyInvariantClaim,
  sufficiencyClaim,
  violatorsClaim,
  type ConstructionFound,
} from '@nonconvex/structured'
import type { Verdict } from '@nonconvex/optim/claims'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../../gaussian/partial.js'
import { invarianceFigures } from './figures.js'
import type { BuiltMeasured, CheckedMeasured, InvarianceRow, PathMeasured } from './measure.js'
import { invarianceCells, type InvarianceParams } from './params.js'

/** A row's numbers with the name of its function. */
export type Named<T> = T & { readonly name: string }

/** The rows so far, by part. */
export interface Found {
  readonly form: readonly Named<CheckedMeasured>[]
  readonly violators: readonly Named<CheckedMeasured>[]
  readonly built: readonly Named<BuiltMeasured>[]
}

/** As the checker's default. */
export const TOLERANCE = 1e-9

export function concludeInvariance(
  rows: readonly InvarianceRow[],
  params: InvarianceParams,
): Conclusion {
  const of = <T>(part: string): Named<T>[] =>
    rows
      .filter(({ key }) => key.startsWith(`${part}/`))
      .map(({ key, measured }) => ({ ...(measured as T), name: key.slice(part.length + 1) }))
  const found: Found = { form: of('form'), violators: of('violator'), built: of('built') }
  const path = rows.find(({ key }) => key === 'path')?.measured as PathMeasured | undefined
  return {
    verdicts: verdicts(rows, found, path, params),
    tables: [formTable(found), violatorTable(found), builtTable(found)],
    figures: invarianceFigures(found),
  }
}

function verdicts(
  rows: readonly InvarianceRow[],
  { form, violators, built }: Found,
  path: PathMeasured | undefined,
  { layers }: InvarianceParams,
): Verdict[] {
  const progress = (own: (key: string) => boolean): { done: number; total: number } => ({
    done: rows.filter(({ key }) => own(key)).length,
    total: invarianceCells().filter(({ key }) => own(key)).length,
  })
  const last = demoFunctions[demoFunctions.length - 1].name
  const other = built.find(({ name }) => name === last)
  const invariant: readonly ConstructionFound[] = built.filter(({ name }) => name !== last)
  return [
    soFar(
      sufficiencyClaim,
      progress((key) => key.startsWith('form/')),
      () =>
        decideSufficiency({
          functions: form.length,
          violations: form.filter(({ violated }) => violated).length,
          trials: Math.min(...form.map(({ trials }) => trials)),
          maxError: Math.max(...form.map(({ error }) => error)),
          tol: TOLERANCE,
        }),
    ),
    soFar(
      violatorsClaim,
      progress((key) => key.startsWith('violator/')),
      () =>
        decideViolators(
          violators.map(({ name, violated, nodes, error }) => ({
            name,
            nodes,
            error,
            found: violated,
          })),
        ),
    ),
    soFar(
      necessityClaim,
      progress((key) => key.startsWith('built/') && key !== `built/${last}`),
      () => decideNecessity(invariant),
    ),
    soFar(
      onlyInvariantClaim,
      progress((key) => key === `built/${last}`),
      () =>
        decideOnlyInvariant(
          other ?? { name: last, graphs: 0, equal: 0, refused: 0, invariant: false },
        ),
    ),
    soFar(
      literalClaim,
      progress((key) => key === 'path'),
      () => decideLiteral({ layers, ...(path ?? { spread: 0, local: [] }) }),
    ),
  ]
}

function formTable({ form }: Found): Table {
  return {
    id: 'form',
    title: 'Functions of the form of the theorem',
    columns: [
      { name: 'function', title: 'function' },
      { name: 'inputs', title: 'inputs tried' },
      { name: 'error', title: 'largest change of a label', digits: 2 },
      { name: 'violated', title: 'violated' },
    ],
    rows: form.map(({ name, trials, error, violated }) => [
      name,
      trials,
      error,
      violated ? 'yes' : 'no',
    ]),
  }
}

function violatorTable({ violators }: Found): Table {
  return {
    id: 'violators',
    title: 'Functions that read positions, and the smallest counterexample found',
    columns: [
      { name: 'function', title: 'function' },
      { name: 'inputs', title: 'inputs until caught' },
      { name: 'nodes', title: 'nodes' },
      { name: 'words', title: 'counterexample' },
    ],
    rows: violators.map(({ name, trials, nodes, words }) => [
      name,
      trials,
      nodes,
      words.split('\n').join('; '),
    ]),
  }
}

function builtTable({ built }: Found): Table {
  return {
    id: 'built',
    title: 'The construction of φ, α, ρ from a function on graphs of 2 to 6 of 12 letters',
    columns: [
      { name: 'function', title: 'function' },
      { name: 'graphs', title: 'graphs' },
      { name: 'equal', title: 'equal' },
      { name: 'refused', title: 'refused' },
      { name: 'invariant', title: 'construction invariant' },
    ],
    rows: built.map(({ name, graphs, equal, refused, invariant }) => [
      name,
      graphs,
      equal,
      refused,
      invariant ? 'yes' : 'no',
    ]),
  }
}
