import type { Figure, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { mean } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import { recallAt, type Recall, type Accuracies } from './answers.js'
import { lyingBars } from '../bars.js'
import { interval95, type MeanWithError } from '@nonconvex/optim/statistics'
import { networks, type Kind, type scenes } from './experiment.js'

/** Results of a network with the true classes as input. */
export interface Given extends Recall {
  readonly kind: Kind
  /** steps until its best */
  readonly steps: number
}

/** Results of a network, and its difference to the optimal rules on the same scenes, if known. */
export interface Network extends Given {
  readonly shares: Accuracies
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
export function scenesFigures(
  best: Best | undefined,
  all: readonly Network[],
  given: readonly Given[],
  { test }: ParamsOf<typeof scenes>,
): Figure[] {
  return [
    {
      id: 'scenes',
      title: 'Joint networks exceed every rule for single objects',
      caption: `A dot for each initialization, on ${test} test scenes. Left: accuracy on objects (lines: 95 % interval of the difference to the optimal rule given own scores, which no rule for single objects exceeds); dashed: optimal rules by enumeration. Right: recall with the graph constraint, with given classes (PredCls) and with predicted classes (SGCls); five objects have 20 candidates, so that recall@100 includes all. The two tasks are not comparable.`,
      panels: [objectsPanel(best, all), recallPanel(all, given)],
    },
  ]
}

/** Short names for axes. */
const short: { readonly [kind: string]: string } = {
  single: 'single objects',
  invariant: 'joint, no attention',
  attention: 'joint, attention',
}

/** Accuracies of the networks and the optimal rules; a row for each network. */
function objectsPanel(best: Best | undefined, all: readonly Network[]): Panel {
  const lines = (['own', 'joint'] as const).flatMap((rule) => {
    const share = best?.rules[rule].objects
    return share === undefined || share === null ? [] : [{ rule, share }]
  })
  const runs = networks.flatMap((kind, i) => {
    const own = all.filter((one) => one.kind === kind)
    return own.map((one, j) => {
      const value = one.shares.objects ?? 0
      const [middle, low] = one.overSingle ? interval95(one.overSingle) : [0, 0]
      const half = middle - low
      return { place: networks.length - i - 0.4 * ((j + 0.5) / own.length - 0.5), value, half }
    })
  })
  const points = [...lines.map(({ share }) => share), ...runs.map(({ value }) => value)]
  return {
    title: 'Objects',
    x: {
      label: 'accuracy on objects',
      domain: [Math.min(0.74, ...points) - 0.02, Math.max(0.9, ...points) + 0.02],
    },
    y: {
      label: '',
      domain: [0.4, networks.length + 1],
      names: [...networks].reverse().map((kind) => short[kind]),
    },
    frames: {
      rules: { x: lines.map(({ share }) => share) },
      ...Object.fromEntries(
        lines.map(({ rule, share }) => [
          rule,
          { x: [share], y: [networks.length + 0.75], text: [`optimal rule: ${names[rule]}`] },
        ]),
      ),
      intervals: {
        x: runs.flatMap(({ value, half }) => [value - half, value + half]),
        y: runs.flatMap(({ place }) => [place, place]),
        run: runs.flatMap((_, i) => [`${i}`, `${i}`]),
      },
      runs: { x: runs.map(({ value }) => value), y: runs.map(({ place }) => place) },
    },
    marks: [
      { mark: 'rule-x', frame: 'rules', x: 'x', tone: 'bound', dash: true, width: 1.5 },
      {
        mark: 'line',
        frame: 'intervals',
        x: 'x',
        y: 'y',
        group: 'run',
        tone: 'measured',
        width: 2,
        key: '95 % interval of the difference to own scores',
      },
      {
        mark: 'dot',
        frame: 'runs',
        x: 'x',
        y: 'y',
        tone: 'measured',
        radius: 3.5,
        key: 'one initialization',
      },
      // between the two lines
      ...lines.map(({ rule }) =>
        rule === 'own'
          ? nameMark(rule, { tone: 'bound', anchor: 'start', dx: 5 })
          : nameMark(rule, { tone: 'bound', anchor: 'end', dx: -5 }),
      ),
    ],
  }
}

/** Headings of the groups of bars, from below: the harder task first. */
const groups = ['SGCls: classes predicted', 'PredCls: classes given'] as const

/** Rows of the bars from below, within each group from `attention` up; one more for its heading. */
const barNames: readonly string[] = groups.flatMap(() => [
  ...[...networks].reverse().map((kind) => short[kind]),
  '',
])

const rowOf = (kind: Network['kind'], given: boolean): number =>
  networks.length - networks.indexOf(kind) + (given ? networks.length + 1 : 0)

/** Half a bar's width, in rows. */
const HALF = 0.26

/** Recall@100, as on the talk's slide: a bar for the mean, a dot for each initialization. */
function recallPanel(all: readonly Network[], given: readonly Given[]): Panel {
  const last = recallAt.length - 1
  const runs = [
    ...all.map((one) => ({ place: rowOf(one.kind, false), value: one.recall[last] })),
    ...given.map((one) => ({ place: rowOf(one.kind, true), value: one.recall[last] })),
  ].flatMap(({ place, value }) => (value === null ? [] : [{ place, value }]))
  const bars = [...new Set(runs.map(({ place }) => place))].map((place) => ({
    place,
    value: mean(runs.filter((run) => run.place === place).map(({ value }) => value)),
    tone: 'measured' as const,
  }))
  const drawn = lyingBars(bars, HALF)
  const ceilings = [...all, ...given].flatMap(({ ceiling }) => ceiling ?? [])
  const ceiling = ceilings.length === 0 ? [] : [Math.max(...ceilings)]
  return {
    title: `Recall@${recallAt[last]} of relations`,
    x: { label: 'recall', domain: [0, 1.04] },
    y: { label: '', domain: [0.4, barNames.length + 1.1], names: barNames },
    frames: {
      ...drawn.frames,
      values: drawn.values,
      groups: {
        x: groups.map(() => 0),
        y: groups.map((_, g) => (g + 1) * (networks.length + 1) - 0.15),
        text: [...groups],
      },
      runs: { x: runs.map(({ value }) => value), y: runs.map(({ place }) => place) },
      ceiling: { x: ceiling },
      ceilingName: {
        x: ceiling,
        y: ceiling.map(() => barNames.length + 0.75),
        text: ceiling.map(() => 'ceiling'),
      },
    },
    marks: [
      ...drawn.marks,
      {
        mark: 'dot',
        frame: 'runs',
        x: 'x',
        y: 'y',
        tone: 'measured',
        radius: 3,
        key: 'one initialization (bar: mean)',
      },
      { mark: 'rule-x', frame: 'ceiling', x: 'x', tone: 'bound', dash: true, width: 1.5 },
      nameMark('groups', { tone: 'ink', anchor: 'start', bold: true }),
      nameMark('values', { tone: 'ink', anchor: 'start', dx: 7 }),
      nameMark('ceilingName', { tone: 'bound', anchor: 'end', dx: -5 }),
    ],
  }
}
