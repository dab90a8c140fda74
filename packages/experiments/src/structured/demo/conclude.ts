import {
  decideDemoAttention,
  decideDemoContext,
  decideDemoObjects,
  decideDemoRecall,
  demoAttentionClaim,
  demoContextClaim,
  demoObjectsClaim,
  demoRecallClaim,
} from '@nonconvex/structured'
import {
  type MeanWithError,
  pairedDifference,
  pairedRatioDifference,
} from '@nonconvex/optim/statistics'
import type { Verdict } from '@nonconvex/optim/claims'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../../gaussian/partial.js'
import { gainsFigure } from './figures.js'
import type { DemoMeasured, DemoRow } from './measure.js'
import { demoCells, networks, type DemoCell, type DemoParams } from './params.js'
import { sceneFigure } from './scene-figure.js'

export type Part = DemoCell['part']

/** A row with its part. */
export type Way = DemoMeasured & { readonly part: Part }

/** Names for tables and figures. */
export const names: { readonly [part in Part]: string } = {
  rule: 'best rule on single objects',
  single: 'network, object by object',
  sum: 'joint network, sums',
  attention: 'joint network, attention',
}

export function concludeDemo(rows: readonly DemoRow[], params: DemoParams): Conclusion {
  const ways = (['rule', ...networks] as const).flatMap((part) =>
    rows
      .filter(({ key }) => key === part || key.startsWith(`${part}/`))
      .map(({ measured }): Way => ({ ...measured, part })),
  )
  const example = ways.find((way) => way.example !== null)?.example
  return {
    verdicts: verdicts(rows, ways, params),
    tables: [resultTable(ways), withoutTable(ways), attentionTable(ways)],
    figures: [gainsFigure(ways, params), ...(example ? [sceneFigure(example)] : [])],
  }
}

type Counts = 'hits' | 'hitsKnown' | 'hitsWithoutRelations'
type Rights = 'right' | 'rightExchanged' | 'rightWithoutRelations'

/** R@20 of each scene with a relation. */
const recalls = (way: Way, what: Counts): number[] =>
  way.relations.flatMap((total, i) => (total > 0 ? [way[what][i] / total] : []))

/** Mean and standard error of R@20. */
export const recallOf = (way: Way, what: Counts): MeanWithError => {
  const each = recalls(way, what)
  return pairedDifference(
    each,
    each.map(() => 0),
  )
}

/** The same of the share of confusable objects that are right. */
export const shareOf = (way: Way, what: Rights): MeanWithError =>
  pairedRatioDifference(
    way[what],
    way[what].map(() => 0),
    way.confusable,
  )

const recallGain = (a: Way, b: Way, what: Counts = 'hits'): MeanWithError =>
  pairedDifference(recalls(a, what), recalls(b, what))

function verdicts(rows: readonly DemoRow[], ways: readonly Way[], params: DemoParams): Verdict[] {
  const progress = (parts: readonly Part[]): { done: number; total: number } => {
    const cells = demoCells(params).filter(({ part }) => parts.includes(part))
    return {
      done: cells.filter((cell) => rows.some(({ key }) => key === cell.key)).length,
      total: cells.length,
    }
  }
  const training = { scenes: params.train, steps: params.steps }
  const joint = ways.filter(({ part }) => part === 'attention')
  const alone = ways.filter(({ part }) => part === 'rule' || part === 'single')
  const pairs = joint.flatMap((a) => alone.map((b) => [a, b] as const))
  const most = (of: (way: Way) => number): number => Math.max(...alone.map(of))
  const objectGains = pairs.map(([a, b]) => pairedRatioDifference(a.right, b.right, a.confusable))
  const compared = progress(['rule', 'single', 'attention'])
  // without either side there is nothing to compare, whatever else is there
  const all = pairs.length > 0 ? compared : { ...compared, done: 0 }
  return [
    soFar(demoRecallClaim, all, () =>
      decideDemoRecall(
        pairs.map(([a, b]) => recallGain(a, b)),
        // each pair of objects has one predicate at most: the ceiling is 1
        1 - most((way) => recallOf(way, 'hits').mean),
        training,
      ),
    ),
    soFar(demoObjectsClaim, all, () =>
      decideDemoObjects(objectGains, 1 - most((way) => shareOf(way, 'right').mean), training),
    ),
    soFar(demoContextClaim, all, () =>
      decideDemoContext(
        // a single object does not see its surroundings: its answers are the same
        pairs.map(([a, b]) => pairedRatioDifference(a.rightExchanged, b.right, a.confusable)),
        Math.min(...objectGains.map(({ mean }) => mean)),
      ),
    ),
    soFar(demoAttentionClaim, progress(['attention']), () =>
      decideDemoAttention(
        ways.flatMap(({ attention }) => (attention ? [attention] : [])),
        training,
      ),
    ),
  ]
}

function resultTable(ways: readonly Way[]): Table {
  return {
    id: 'results',
    title:
      'Relations and confusable objects of fresh scenes that are right; the ceiling of recall is 1',
    columns: [
      { name: 'way', title: 'predicted by' },
      { name: 'sgcls', title: 'SGCls R@20', digits: 4 },
      { name: 'sgclsError', title: 'standard error', digits: 2 },
      { name: 'predcls', title: 'PredCls R@20', digits: 4 },
      { name: 'predclsError', title: 'standard error', digits: 2 },
      { name: 'confusable', title: 'confusable objects', digits: 4 },
      { name: 'confusableError', title: 'standard error', digits: 2 },
      { name: 'steps', title: 'steps until best' },
    ],
    rows: ways.map((way) => {
      const [sgcls, predcls] = [recallOf(way, 'hits'), recallOf(way, 'hitsKnown')]
      const objects = shareOf(way, 'right')
      return [
        names[way.part],
        ...[sgcls, predcls, objects].flatMap(({ mean, error }) => [mean, error]),
        way.steps,
      ]
    }),
  }
}

/** What is left when something is taken away. */
function withoutTable(ways: readonly Way[]): Table {
  return {
    id: 'without',
    title: 'The same with something taken away at test time',
    columns: [
      { name: 'way', title: 'predicted by' },
      { name: 'exchanged', title: 'confusable objects, among objects of other scenes', digits: 4 },
      { name: 'blind', title: 'confusable objects, no scores of pairs', digits: 4 },
      { name: 'blindRecall', title: 'SGCls R@20, no scores of pairs', digits: 4 },
    ],
    rows: ways.map((way) => [
      names[way.part],
      shareOf(way, 'rightExchanged').mean,
      shareOf(way, 'rightWithoutRelations').mean,
      recallOf(way, 'hitsWithoutRelations').mean,
    ]),
  }
}

function attentionTable(ways: readonly Way[]): Table {
  return {
    id: 'attention',
    title:
      'Attention of confusable objects on the neighbour that says most about them, mean over features',
    columns: [
      { name: 'network', title: 'network' },
      { name: 'share', title: 'share', digits: 4 },
      { name: 'even', title: 'even share', digits: 4 },
      { name: 'error', title: 'standard error of the difference', digits: 2 },
    ],
    rows: ways.flatMap(({ part, attention }) =>
      attention
        ? [[names[part], attention.mean + attention.even, attention.even, attention.error]]
        : [],
    ),
  }
}
