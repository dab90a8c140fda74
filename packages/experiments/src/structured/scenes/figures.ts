import type { Figure, Panel } from '../../figure/figure.js'
import { beside, dots, labels, panelOf } from '../../figure/layers.js'
import { groupsBy, largest, mean } from '../../averages.js'
import { recallAt, type Recall, type Accuracies } from './answers.js'
import { atAxis, bound, lyingBars, lyingIntervals } from '../bars.js'
import { interval95, type MeanWithError } from '@nonconvex/optim/statistics'
import { networks, type Kind, type Params } from './experiment.js'

/** Results of a network with the true classes as input. */
export interface Given extends Recall {
  readonly kind: Kind
  /** steps until its best */
  readonly steps: number
}

/** Results of a network, and its difference to the optimal rules on the same scenes, if known. */
export interface Network extends Given {
  readonly accuracies: Accuracies
  readonly overSingle: MeanWithError | undefined
  readonly overJoint: MeanWithError | undefined
}

/** The optimal rules on the test scenes. */
interface Best {
  readonly rules: { readonly [rule in 'own' | 'joint']: Accuracies }
}

/** Names for tables and figures. */
export const names = {
  single: 'single objects',
  invariant: 'invariant, sum',
  attention: 'invariant, attention',
  own: 'own scores',
  type: 'own scores and kind of scene',
  relations: 'own scores and relations',
  joint: 'all scores',
  known: 'true classes',
}

/** Left: accuracy on objects between the optimal rules. Right: recall of relations. */
export function scenesFigure(
  best: Best | undefined,
  all: readonly Network[],
  given: readonly Given[],
  { test }: Params,
): Figure {
  return {
    id: 'scenes',
    title: 'Joint networks exceed every rule for single objects',
    caption: `A dot for each initialization, on ${test} test scenes. Left: accuracy on objects (lines: 95 % interval of the difference to the optimal rule given own scores, which no rule for single objects exceeds); dashed: optimal rules given own and given all scores. Right: recall with the graph constraint, with given classes (PredCls) and with predicted classes (SGCls); five objects have 20 candidates. The two tasks are not comparable.`,
    panels: [objectsPanel(best, all), recallPanel(all, given)],
  }
}

/** Short names for axes. */
export const short: { readonly [kind: string]: string } = {
  single: 'single objects',
  invariant: 'joint, no attention',
  attention: 'joint, attention',
}

/** Accuracies of the networks and the optimal rules; a row for each network. */
function objectsPanel(best: Best | undefined, all: readonly Network[]): Panel {
  const ruled = (['own', 'joint'] as const).map((rule) => ({
    rule,
    accuracy: best?.rules[rule].objects ?? null,
  }))
  const runs = networks.flatMap((kind, i) => {
    const own = all.filter((one) => one.kind === kind)
    return own.map(({ accuracies, overSingle }, j) => {
      const value = accuracies.objects ?? 0
      const [middle, low] = overSingle ? interval95(overSingle) : [0, 0]
      const place = networks.length - i - 0.4 * ((j + 0.5) / own.length - 0.5)
      return { place, value, low: value - (middle - low), high: value + (middle - low) }
    })
  })
  const shown = [...ruled.flatMap(({ accuracy }) => accuracy ?? []), ...runs.map((r) => r.value)]
  return panelOf(
    {
      title: 'Objects',
      x: {
        label: 'accuracy on objects',
        domain: [Math.min(0.74, ...shown) - 0.02, Math.max(0.9, ...shown) + 0.02],
      },
      y: {
        label: '',
        domain: [0.3, networks.length + 0.6],
        names: [...networks].reverse().map((kind) => short[kind]),
      },
    },
    [
      // each name at the foot of its line, between the two
      ...ruled.flatMap(({ rule, accuracy }) =>
        bound(rule, names[rule], accuracy, [0.55, rule === 'own' ? 5 : -5]),
      ),
      lyingIntervals('intervals', runs, {
        tone: 'measured',
        width: 2,
        key: '95 % interval of the difference to own scores',
      }),
      dots(
        'runs',
        runs,
        { x: ({ value }) => value, y: ({ place }) => place },
        { tone: 'measured', radius: 3.5, key: 'one initialization' },
      ),
    ],
  )
}

/** Headings of the groups of bars, from below: the harder task first. */
const groups = ['SGCls: classes predicted', 'PredCls: classes given'] as const

/** Row labels from the bottom up: the networks of a group, then an empty row for its heading. */
const barNames: readonly string[] = groups.flatMap(() => [
  ...[...networks].reverse().map((kind) => short[kind]),
  '',
])

const rowOf = (kind: Network['kind'], given: boolean): number =>
  networks.length - networks.indexOf(kind) + (given ? networks.length + 1 : 0)

/** Half a bar's width, in rows. */
const HALF = 0.26

/** Recall of relations: a bar for the mean, a dot for each initialization. */
function recallPanel(all: readonly Network[], given: readonly Given[]): Panel {
  const last = recallAt.length - 1
  const runsOf = (some: readonly Given[], known: boolean) =>
    some.flatMap(({ kind, recall }) => {
      const value = recall[last]
      return value === null ? [] : [{ place: rowOf(kind, known), value }]
    })
  const runs = [...runsOf(all, false), ...runsOf(given, true)]
  const bars = groupsBy(runs, ({ place }) => place).map(({ at: place, rows }) => ({
    place,
    value: mean(rows.map(({ value }) => value)),
    tone: 'measured' as const,
  }))
  const ceiling = largest([...all, ...given].flatMap((one) => one.ceiling ?? []))
  return panelOf(
    {
      title: `Recall@${recallAt[last]} of relations, among 20 candidates`,
      x: { label: 'recall', domain: [0, 1.04] },
      y: { label: '', domain: [0.4, barNames.length + 1.1], names: barNames },
    },
    [
      ...lyingBars(bars, HALF),
      dots(
        'runs',
        runs,
        { x: ({ value }) => value, y: ({ place }) => place },
        { tone: 'measured', radius: 3, key: 'one initialization (bar: mean)' },
      ),
      labels(
        'groups',
        groups,
        {
          x: () => 0,
          y: (_, g) => (g + 1) * (networks.length + 1) - 0.15,
          text: (group) => group,
        },
        { tone: 'ink', anchor: 'start', bold: true },
      ),
      labels('values', bars, atAxis, beside('ink', 7)),
      ...bound('ceiling', 'ceiling', ceiling, [barNames.length + 0.75, -5]),
    ],
  )
}
