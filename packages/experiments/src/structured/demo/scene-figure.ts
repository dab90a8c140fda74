import { demoVocabulary } from '@nonconvex/structured/demo'
import type { Figure, Frame, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import type { Example } from './example.js'

const [WIDTH, HEIGHT] = [640, 480]
const { classes: classNames, predicates } = demoVocabulary

/** Left: the predicted scene graph. Right: the attention weights of one object. */
export function sceneFigure(example: Example): Figure {
  const { looks, truth, id, classes, relations, are, missed } = example
  const words = ([s, o, p]: readonly number[], names: readonly number[]): string =>
    `${classNames[names[s]]} ${predicates[p]} ${classNames[names[o]]}`
  const list = relations.map(
    (row, i) =>
      `${i + 1} ${words(row, classes)}${are[i] === 'right' ? '' : are[i] === 'wrong' ? ' (wrong)' : ' (true, but not annotated)'}`,
  )
  const lost =
    missed.length === 0
      ? 'No annotated relation is missed'
      : `Missed: ${missed.map((row) => words(row, truth)).join(', ')}`
  return {
    id: 'scene',
    title: 'A predicted scene graph, and the attention weights of one object',
    caption: `Test scene ${id}. Left: predicted classes (true class in brackets where it differs), and the ${relations.length} top-ranked relations with the graph constraint, as many as are annotated, each a line from the subject to the dot in the object: ${list.join(', ')}. ${lost}. Right: attention weights of one ${classNames[truth[looks]]}, a confusable class, on the other objects, means over features: wider lines are larger weights, which are printed beside the boxes.`,
    panels: [graphPanel(example), attentionPanel(example)],
  }
}

const middle = ([x1, y1, x2, y2]: readonly number[]): readonly [number, number] => [
  (x1 + x2) / 2,
  HEIGHT - (y1 + y2) / 2,
]

/** Outlines of boxes, one closed line each, as heights over the image's bottom. */
function outlines(boxes: Example['boxes']): Frame {
  return {
    x: boxes.flatMap(([x1, , x2]) => [x1, x2, x2, x1, x1]),
    y: boxes.flatMap(([, y1, , y2]) => [y1, y1, y2, y2, y1].map((y) => HEIGHT - y)),
    box: boxes.flatMap((_, i) => [i, i, i, i, i]),
  }
}

const axes = {
  x: { label: 'pixels', domain: [0, WIDTH] },
  y: { label: 'pixels from the bottom', domain: [0, HEIGHT] },
  square: true,
} as const

const boxMark: Mark = {
  mark: 'line',
  frame: 'boxes',
  x: 'x',
  y: 'y',
  group: 'box',
  tone: 'soft',
  width: 1,
}

type Kind = (typeof kinds)[number]

/** Kinds of drawn relations, distinguished by color, dash and dot. */
const kinds = [
  { is: 'right', key: 'as annotated', tone: 'holds', dash: false, filled: true },
  { is: 'left out', key: 'true, not annotated', tone: 'ink', dash: true, filled: true },
  { is: 'wrong', key: 'wrong', tone: 'violated', dash: true, filled: false },
] as const

function graphPanel({ boxes, classes, truth, relations, are }: Example): Panel {
  const lines = relations.map(([s, o, p], i) => {
    const [from, end] = [middle(boxes[s]), middle(boxes[o])]
    const at = (t: number): readonly number[] => from.map((x, k) => x + t * (end[k] - x))
    // short of the middle, where lines from other subjects end as well
    return { from, to: at(0.85), name: at(0.4), i, words: `${i + 1} ${predicates[p]}` }
  })
  const framesOf = ({ is }: Kind): [string, Frame][] => {
    const own = lines.filter(({ i }) => are[i] === is)
    const at = (points: readonly (readonly number[])[]): Frame => ({
      x: points.map(([x]) => x),
      y: points.map(([, y]) => y),
    })
    return [
      [
        is,
        { ...at(own.flatMap(({ from, to }) => [from, to])), pair: own.flatMap(({ i }) => [i, i]) },
      ],
      [`${is}: object`, at(own.map(({ to }) => to))],
      [`${is}: name`, { ...at(own.map(({ name }) => name)), text: own.map(({ words }) => words) }],
    ]
  }
  const marksOf = ({ is, tone, key, dash, filled }: Kind): Mark[] => [
    { mark: 'line', x: 'x', y: 'y', group: 'pair', width: 1.5, frame: is, tone, key, dash },
    { mark: 'dot', x: 'x', y: 'y', radius: 4, frame: `${is}: object`, tone, key, filled },
  ]
  return {
    ...axes,
    title: 'Predicted',
    frames: {
      boxes: outlines(boxes),
      names: {
        x: boxes.map(([x1, , x2]) => (x1 + x2) / 2),
        y: boxes.map(([, y1]) => HEIGHT - y1),
        text: classes.map((c, i) =>
          c === truth[i] ? classNames[c] : `${classNames[c]} (${classNames[truth[i]]})`,
        ),
      },
      ...Object.fromEntries(kinds.flatMap(framesOf)),
    },
    marks: [
      boxMark,
      ...kinds.flatMap(marksOf),
      nameMark('names', { tone: 'ink', bold: true, dy: -7 }),
      ...kinds.map(({ is, tone }) => nameMark(`${is}: name`, { tone, dx: 24 })),
    ],
  }
}

/** Line widths for weights up to these. */
const widths = [
  [0.1, 1],
  [0.25, 2.5],
  [0.5, 5],
  [1.01, 7],
] as const

function attentionPanel({ boxes, looks, truth, weights }: Example): Panel {
  const from = middle(boxes[looks])
  const frames: { [name: string]: Frame } = {
    boxes: outlines(boxes),
    from: { x: [from[0]], y: [from[1]] },
    names: {
      x: boxes.map(([x1, , x2]) => (x1 + x2) / 2),
      y: boxes.map(([, y1]) => HEIGHT - y1),
      text: boxes.map((_, i) =>
        i === looks
          ? `this ${classNames[truth[i]]}`
          : `${classNames[truth[i]]} ${weights[i].toFixed(2)}`,
      ),
    },
  }
  const marks = widths.flatMap(([up, width], w): Mark[] => {
    const own = Array.from(boxes.keys()).filter(
      (i) => i !== looks && weights[i] <= up && weights[i] > (w === 0 ? 0 : widths[w - 1][0]),
    )
    if (own.length === 0) return []
    const ends = own.map((i) => middle(boxes[i]))
    frames[`share${w}`] = {
      x: ends.flatMap(([x]) => [from[0], x]),
      y: ends.flatMap(([, y]) => [from[1], y]),
      to: own.flatMap((i) => [i, i]),
    }
    const frame = `share${w}`
    return [
      { mark: 'line', frame, x: 'x', y: 'y', group: 'to', tone: 'measured', width, opacity: 0.6 },
    ]
  })
  return {
    ...axes,
    title: `Attention of a ${classNames[truth[looks]]}`,
    frames,
    marks: [
      boxMark,
      ...marks,
      { mark: 'dot', frame: 'from', x: 'x', y: 'y', tone: 'measured', radius: 5 },
      nameMark('names', { tone: 'ink', dy: -7 }),
    ],
  }
}
