import {
  contextClaim,
  decideContext,
  decideJointBound,
  decideSingleBound,
  jointBoundClaim,
  singleBoundClaim,
} from '@nonconvex/structured'
import type { Verdict } from '@nonconvex/optim'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../../gaussian/partial.js'
import { scenesFigures } from './figures.js'
import { recallAt } from './measure.js'
import type { NetworkMeasured, RulesMeasured, ScenesRow } from './measure.js'
import { networks, scenesCells } from './params.js'
import type { ScenesParams } from './params.js'

/** A trained network's numbers with its kind. */
export type Network = NetworkMeasured & { readonly kind: (typeof networks)[number] }

/** The rows so far. */
export interface Found {
  readonly rules: RulesMeasured | undefined
  readonly networks: readonly Network[]
}

/** Names for tables and figures. */
export const names: { readonly [kind: string]: string } = {
  single: 'single objects',
  invariant: 'invariant, sum',
  attention: 'invariant, attention',
  own: 'own scores',
  type: '+ kind of scene',
  relations: '+ relations',
  joint: 'everything',
  known: 'true classes known',
}

export function concludeScenes(rows: readonly ScenesRow[], params: ScenesParams): Conclusion {
  const found: Found = {
    rules: rows.find(({ key }) => key === 'rules')?.measured as RulesMeasured | undefined,
    networks: networks.flatMap((kind) =>
      rows
        .filter(({ key }) => key.startsWith(`${kind}/`))
        .map(({ measured }) => ({ ...(measured as NetworkMeasured), kind })),
    ),
  }
  return {
    verdicts: verdicts(rows, found, params),
    tables: [shareTable(found), recallTable(found)],
    figures: scenesFigures(found, params),
  }
}

function verdicts(
  rows: readonly ScenesRow[],
  { rules, networks: all }: Found,
  params: ScenesParams,
): Verdict[] {
  const progress = (own: (part: string) => boolean): { done: number; total: number } => {
    const cells = scenesCells(params).filter(({ part }) => own(part))
    return {
      done: cells.filter((cell) => rows.some(({ key }) => key === cell.key)).length,
      total: cells.length,
    }
  }
  const joint = all.filter(({ kind }) => kind !== 'single')
  const single = all.filter(({ kind }) => kind === 'single')
  return [
    soFar(
      contextClaim,
      rules
        ? progress((part) => part !== 'single')
        : { done: 0, total: scenesCells(params).length },
      () =>
        decideContext(
          joint.map((one) => one.overSingle),
          rules?.jointGain ?? 0,
        ),
    ),
    soFar(
      jointBoundClaim,
      progress((part) => part !== 'rules'),
      () => decideJointBound(all.map((one) => one.overJoint)),
    ),
    soFar(
      singleBoundClaim,
      progress((part) => part === 'single'),
      () => decideSingleBound(single.map((one) => one.overSingle)),
    ),
  ]
}

function shareTable({ rules, networks: all }: Found): Table {
  const rule = (name: string): (string | number | null)[][] => {
    const shares = rules?.rules[name]
    return shares
      ? [
          [
            `best rule: ${names[name]}`,
            shares.objects,
            shares.ambiguous,
            shares.relations,
            null,
            null,
          ],
        ]
      : []
  }
  return {
    id: 'shares',
    title: 'Shares of right answers on fresh scenes',
    columns: [
      { name: 'from', title: 'answers from' },
      { name: 'objects', title: 'objects', digits: 4 },
      { name: 'ambiguous', title: 'ambiguous objects', digits: 4 },
      { name: 'relations', title: 'ordered pairs', digits: 4 },
      { name: 'gain', title: 'objects, over own scores', digits: 3 },
      { name: 'error', title: 'standard error', digits: 2 },
    ],
    rows: [
      ...rule('own'),
      ...rule('type'),
      ...rule('relations'),
      ...rule('joint'),
      ...rule('known'),
      ...(rules ? [['expected: everything', rules.jointExpected, null, null, null, null]] : []),
      ...all.map(({ kind, shares, overSingle }) => [
        `network: ${names[kind]}`,
        shares.objects,
        shares.ambiguous,
        shares.relations,
        overSingle.mean,
        overSingle.error,
      ]),
    ],
  }
}

function recallTable({ networks: all }: Found): Table {
  return {
    id: 'recall',
    title: 'Recall of relations with the classes of both ends, one predicate a pair',
    columns: [
      { name: 'network', title: 'network' },
      ...recallAt.map((k) => ({ name: `r${k}`, title: `R@${k}`, digits: 3 })),
      { name: 'ceiling', title: 'ceiling', digits: 3 },
      { name: 'steps', title: 'steps until best' },
    ],
    rows: all.map(({ kind, recall, ceiling, steps }) => [names[kind], ...recall, ceiling, steps]),
  }
}
