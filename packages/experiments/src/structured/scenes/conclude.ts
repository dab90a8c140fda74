import {
  contextClaim,
  decideContext,
  decideJointBound,
  decideSingleBound,
  jointBoundClaim,
  singleBoundClaim,
} from '@nonconvex/structured'
import { type MeanWithError, interval95 } from '@nonconvex/optim/statistics'
import type { Verdict } from '@nonconvex/optim/claims'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../../gaussian/partial.js'
import { concludeData } from './conclude-data.js'
import { scenesFigures } from './figures.js'
import { recallAt } from './answers.js'
import type { GivenMeasured, NetworkMeasured, RulesMeasured, ScenesRow } from './measure.js'
import { pairedDifference } from './right-digits.js'
import { networks, scenesCells, type ScenesParams } from './params.js'

type Kind = (typeof networks)[number]

/**
 * A trained network's numbers with its kind, and how far it is above the best rules on the same
 * scenes, once these are there.
 */
export type Network = NetworkMeasured & {
  readonly kind: Kind
  readonly overSingle: MeanWithError | undefined
  readonly overJoint: MeanWithError | undefined
}

/** The rows so far. */
export interface Found {
  readonly rules: RulesMeasured | undefined
  readonly networks: readonly Network[]
  readonly given: readonly (GivenMeasured & { readonly kind: Kind })[]
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
  const found = foundIn(rows)
  // of real images there is something to say only where they are given
  const data = params.data === undefined ? undefined : concludeData(rows, params)
  return {
    verdicts: [...verdicts(rows, found, params), ...(data?.verdicts ?? [])],
    tables: [shareTable(found), recallTable(found), ...(data?.tables ?? [])],
    figures: [...scenesFigures(found, params), ...(data?.figures ?? [])],
  }
}

function foundIn(rows: readonly ScenesRow[]): Found {
  const rules = rows.find(({ key }) => key === 'rules')?.measured as RulesMeasured | undefined
  const of = (prefix: string) =>
    networks.flatMap((kind) =>
      rows
        .filter(({ key }) => key.startsWith(`${prefix}${kind}/`))
        .map(({ measured }) => ({ kind, measured })),
    )
  const over = (right: string, rule: string | undefined): MeanWithError | undefined =>
    rule === undefined ? undefined : pairedDifference(right, rule)
  return {
    rules,
    networks: of('').map(({ kind, measured }) => {
      const network = measured as NetworkMeasured
      return {
        ...network,
        kind,
        overSingle: over(network.right, rules?.own),
        overJoint: over(network.right, rules?.joint),
      }
    }),
    given: of('given/').map(({ kind, measured }) => ({ ...(measured as GivenMeasured), kind })),
  }
}

function verdicts(
  rows: readonly ScenesRow[],
  { rules, networks: all }: Found,
  params: ScenesParams,
): Verdict[] {
  const progress = (own: (part: string) => boolean): { done: number; total: number } => {
    const cells = scenesCells(params).filter(
      ({ part, given }) => part !== 'data' && !given && own(part),
    )
    const done = cells.filter((cell) => rows.some(({ key }) => key === cell.key)).length
    // nothing can be said without the rules
    return { done: rules ? done : 0, total: cells.length }
  }
  const gains = (own: (kind: Kind) => boolean, over: 'overSingle' | 'overJoint') =>
    all.filter(({ kind }) => own(kind)).flatMap((one) => one[over] ?? [])
  return [
    soFar(
      contextClaim,
      progress((part) => part !== 'single'),
      () =>
        decideContext(
          gains((kind) => kind !== 'single', 'overSingle'),
          rules ? pairedDifference(rules.joint, rules.own).mean : 0,
          { scenes: params.train, steps: params.steps },
        ),
    ),
    soFar(
      jointBoundClaim,
      progress(() => true),
      () => decideJointBound(gains(() => true, 'overJoint')),
    ),
    soFar(
      singleBoundClaim,
      progress((part) => part === 'single' || part === 'rules'),
      () => decideSingleBound(gains((kind) => kind === 'single', 'overSingle')),
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
      { name: 'gain', title: 'objects, over the best rule on own scores', digits: 3 },
      { name: 'low', title: '95 % from', digits: 3 },
      { name: 'high', title: 'to', digits: 3 },
      { name: 'overJoint', title: 'over the best joint rule', digits: 3 },
    ],
    rows: [
      ...rule('own'),
      ...rule('type'),
      ...rule('relations'),
      ...rule('joint'),
      ...rule('known'),
      ...(rules
        ? [['expected: everything', rules.jointExpected, ...Array<null>(6).fill(null)]]
        : []),
      ...all.map(({ kind, shares, overSingle, overJoint }) => [
        `network: ${names[kind]}`,
        shares.objects,
        shares.ambiguous,
        shares.relations,
        ...(overSingle ? interval95(overSingle) : [null, null, null]),
        overJoint?.mean ?? null,
      ]),
    ],
  }
}

function recallTable({ networks: all, given }: Found): Table {
  return {
    id: 'recall',
    title: 'Recall of relations with the classes of both ends, one predicate a pair',
    columns: [
      { name: 'task', title: 'task' },
      { name: 'network', title: 'network' },
      ...recallAt.map((k) => ({ name: `r${k}`, title: `R@${k}`, digits: 3 })),
      { name: 'ceiling', title: 'ceiling', digits: 3 },
      { name: 'steps', title: 'steps until best' },
    ],
    rows: [
      ...given.map((one) => ['PredCls: classes given', one] as const),
      ...all.map((one) => ['SGCls: classes found', one] as const),
    ].map(([task, { kind, recall, ceiling, steps }]) => [
      task,
      names[kind],
      ...recall,
      ceiling,
      steps,
    ]),
  }
}
