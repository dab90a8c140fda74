import { demoVocabulary } from '@nonconvex/structured/demo'
import type { Figure, Panel } from '../../figure/figure.js'
import { dots, labels, line, panelOf, xy, type Layer, type Point } from '../../figure/layers.js'
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

/** A point of the image as a height over its bottom. */
const point = (x: number, y: number): Point & { x: number; y: number } => ({ x, y: HEIGHT - y })

const middle = ([x1, y1, x2, y2]: readonly number[]) => point((x1 + x2) / 2, (y1 + y2) / 2)

/** Outlines of boxes, one closed line each. */
const outlines = (boxes: Example['boxes']): Layer =>
  line(
    'boxes',
    boxes.flatMap(([x1, y1, x2, y2], i) =>
      [point(x1, y1), point(x2, y1), point(x2, y2), point(x1, y2), point(x1, y1)].map((corner) => ({
        ...corner,
        box: `${i}`,
      })),
    ),
    { ...xy, group: ({ box }) => box },
    { tone: 'soft', width: 1 },
  )

/** A text over each box. */
const overBoxes = (
  boxes: Example['boxes'],
  text: (i: number) => string,
  look: Parameters<typeof labels>[3],
): Layer =>
  labels(
    'names',
    boxes.map(([x1, y1, x2]) => point((x1 + x2) / 2, y1)),
    { ...xy, text: (_, i) => text(i) },
    { tone: 'ink', dy: -7, ...look },
  )

const axes = {
  x: { label: 'pixels', domain: [0, WIDTH] },
  y: { label: 'pixels from the bottom', domain: [0, HEIGHT] },
  square: true,
} as const

/** Kinds of drawn relations, distinguished by color, dash and dot. */
const kinds = [
  { is: 'right', key: 'as annotated', tone: 'holds', dash: false, filled: true },
  { is: 'left out', key: 'true, not annotated', tone: 'ink', dash: true, filled: true },
  { is: 'wrong', key: 'wrong', tone: 'violated', dash: true, filled: false },
] as const

function graphPanel({ boxes, classes, truth, relations, are }: Example): Panel {
  const lines = relations.map(([s, o, p], i) => {
    const [from, end] = [middle(boxes[s]), middle(boxes[o])]
    const at = (t: number): Point => ({
      x: from.x + t * (end.x - from.x),
      y: from.y + t * (end.y - from.y),
    })
    // short of the middle, where lines from other subjects end as well
    return { from, to: at(0.85), name: at(0.4), i, words: `${i + 1} ${predicates[p]}` }
  })
  const ofKind = (is: string) => lines.filter(({ i }) => are[i] === is)
  return panelOf({ ...axes, title: 'Predicted' }, [
    outlines(boxes),
    ...kinds.flatMap(({ is, ...look }) => [
      line(
        is,
        ofKind(is).flatMap(({ from, to, i }) => [from, to].map((end) => ({ ...end, i }))),
        { ...xy, group: ({ i }) => `${i}` },
        { tone: look.tone, key: look.key, dash: look.dash, width: 1.5 },
      ),
      dots(
        `${is}: object`,
        ofKind(is).map(({ to }) => to),
        xy,
        { tone: look.tone, key: look.key, filled: look.filled, radius: 4 },
      ),
    ]),
    overBoxes(
      boxes,
      (i) =>
        classes[i] === truth[i]
          ? classNames[truth[i]]
          : `${classNames[classes[i]]} (${classNames[truth[i]]})`,
      { bold: true },
    ),
    ...kinds.map(({ is, tone }) =>
      labels(
        `${is}: name`,
        ofKind(is).map(({ name, words }) => ({ ...name, words })),
        { ...xy, text: ({ words }) => words },
        { tone, dx: 24 },
      ),
    ),
  ])
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
  const others = weights.map((weight, i) => ({ weight, i })).filter(({ i }) => i !== looks)
  return panelOf({ ...axes, title: `Attention of a ${classNames[truth[looks]]}` }, [
    outlines(boxes),
    ...widths.map(([up, width], w) => {
      const above = w === 0 ? 0 : widths[w - 1][0]
      return line(
        `weight${w}`,
        others
          .filter(({ weight }) => weight > above && weight <= up)
          .flatMap(({ i }) => [from, middle(boxes[i])].map((end) => ({ ...end, i }))),
        { ...xy, group: ({ i }) => `${i}` },
        { tone: 'measured', width, opacity: 0.6 },
      )
    }),
    dots('from', [from], xy, { tone: 'measured', radius: 5 }),
    overBoxes(
      boxes,
      (i) =>
        i === looks
          ? `this ${classNames[truth[i]]}`
          : `${classNames[truth[i]]} ${weights[i].toFixed(2)}`,
      {},
    ),
  ])
}
