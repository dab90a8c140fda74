import type { Figure, Frame, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { names } from './conclude.js'
import type { Found, Network } from './conclude.js'
import { recallAt } from './measure.js'
import { networks } from './params.js'
import type { ScenesParams } from './params.js'

/** Left: right objects of each network between the best rules. Right: recall of relations. */
export function scenesFigures(found: Found, { test }: ScenesParams): Figure[] {
  const list = networks.map((kind, i) => `${i + 1} ${names[kind]}`).join(', ')
  return [
    {
      id: 'scenes',
      title: 'Context is used: more objects are right than any rule on single objects gets',
      caption: `Networks: ${list}; a dot for each training run, on ${test} fresh scenes. Left: share of right objects (bars: two standard errors of the difference to the rule on own scores), with the best rules for each kind of information as lines, computed by enumeration. Right: recall of relations, where the classes of both ends must be right, too; 20 candidates are all pairs.`,
      panels: [objectsPanel(found), recallPanel(found)],
    },
  ]
}

const axis = { label: 'network', domain: [0.4, networks.length + 0.6] } as const

/** Runs of a kind side by side around its place. */
function dots(all: readonly Network[], value: (one: Network) => number | null): Frame {
  const points = networks.flatMap((kind, i) => {
    const own = all.filter((one) => one.kind === kind)
    return own.map((one, j) => [i + 1 + 0.4 * ((j + 0.5) / own.length - 0.5), value(one)] as const)
  })
  return { x: points.map(([x]) => x), y: points.map(([, y]) => y) }
}

function objectsPanel({ rules, networks: all }: Found): Panel {
  const lines = (['own', 'joint'] as const).flatMap((rule) => {
    const share = rules?.rules[rule].objects
    return share === undefined || share === null ? [] : [{ rule, share }]
  })
  const value = ({ shares }: Network): number => shares.objects ?? 0
  const low = dots(all, (one) => value(one) - 2 * one.overSingle.error)
  const high = dots(all, (one) => value(one) + 2 * one.overSingle.error)
  const points = [...lines.map(({ share }) => share), ...all.map(value)]
  return {
    title: 'Right objects',
    x: axis,
    y: {
      label: 'share of objects',
      domain: [Math.min(0.7, ...points) - 0.02, Math.max(0.92, ...points) + 0.02],
    },
    frames: {
      rules: { y: lines.map(({ share }) => share) },
      ruleNames: {
        x: lines.map(() => 0.5),
        y: lines.map(({ share }) => share),
        text: lines.map(({ rule }) => `best rule: ${names[rule]}`),
      },
      intervals: { x: low['x'], low: low['y'], high: high['y'] },
      runs: dots(all, value),
      kinds: {
        x: networks.map((_, i) => i + 1),
        y: networks.map(() => Math.min(0.7, ...points) - 0.005),
        text: ['single', 'sum', 'attention'],
      },
    },
    marks: [
      { mark: 'rule-y', frame: 'rules', y: 'y', tone: 'bound', dash: true, width: 1.5 },
      { mark: 'interval', frame: 'intervals', x: 'x', y1: 'low', y2: 'high', tone: 'measured' },
      { mark: 'dot', frame: 'runs', x: 'x', y: 'y', tone: 'measured', radius: 3.5 },
      nameMark('kinds', { tone: 'measured' }),
      nameMark('ruleNames', { tone: 'bound', anchor: 'start', dy: -9 }),
    ],
  }
}

function recallPanel({ networks: all }: Found): Panel {
  const last = networks.length + 0.25
  const at = (k: number): Frame => dots(all, ({ recall }) => recall[k])
  const frames = Object.fromEntries(recallAt.map((k, i) => [`r${k}`, at(i)]))
  const of = all.filter(({ kind }) => kind === 'attention')
  const names = {
    x: recallAt.map(() => last),
    y: recallAt.map((_, i) => of[0]?.recall[i] ?? null),
    text: recallAt.map((k) => `R@${k}`),
  }
  return {
    title: 'Recall of relations',
    x: axis,
    y: { label: 'share of true relations', domain: [0, 1] },
    frames: { ...frames, names },
    marks: [
      ...recallAt.map(
        (k) =>
          ({ mark: 'dot', frame: `r${k}`, x: 'x', y: 'y', tone: 'measured', radius: 3.5 }) as const,
      ),
      nameMark('names', { tone: 'measured', anchor: 'start', dx: 6 }),
    ],
  }
}
