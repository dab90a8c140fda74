import type { NamedScores } from './scene-scores.js'

const taskNotes: { readonly [task: string]: string } = {
  predcls: 'PredCls: the classes of the boxes are given.',
  sgcls: "SGCls: the classes are found, too, from a detector's scores; the boxes are given.",
}

/** How a table of recalls is to be read, for whoever sees it alone. */
export function recallNotes(
  all: readonly NamedScores[],
  { tasks, inclusive }: { readonly tasks: readonly string[]; readonly inclusive: boolean },
): readonly string[] {
  const [{ scores }] = all
  const unseen = scores.constrained.at.some(({ zeroShot }) => zeroShot !== null)
  return [
    [
      "Recall @K: the share of an image's relations among the K likeliest of all that are predicted, averaged over the images that have relations.",
      'One predicate a pair: each ordered pair of boxes names its likeliest predicate alone; numbers with one and with all predicates are never compared.',
      'Ceiling: recall of a prediction that has the boxes of the truth, every pair naming one of its predicates; boxes beside them that overlap by half can find a little more.',
      'Mean over predicates: every predicate counts the same, and one that never occurs counts 0.',
      ...(unseen
        ? [
            'Zero-shot: relations alone whose class, predicate and class never meet in the training scenes.',
          ]
        : []),
    ].join(' '),
    [
      ...tasks.map((task) => taskNotes[task] ?? ''),
      `Boxes must overlap by half; their last pixel ${inclusive ? 'counts' : 'does not count'}.`,
    ].join(' '),
  ]
}
