import { evaluateScenes } from '@nonconvex/structured/recall'
import { stream } from '@nonconvex/tensor'
import { here } from '../frame/compare.mjs'

const [IMAGES, BOXES, PREDICATES, CLASSES] = [100, 30, 50, 150]
const at = [20, 50, 100]
const [LOOP, REFERENCE] = ['Python, double loop', 'NumPy, as the reference evaluators']

/**
 * Random boxes, classes and relations; predictions see the truth through noise, so that recalls lie
 * between 0 and 1.
 */
function scenes() {
  const draws = stream(1).child('recall')
  const cols = PREDICATES + 1
  return Array.from({ length: IMAGES }, (_, image) => {
    const own = draws.child('image', image)
    const boxes = Array.from({ length: BOXES }, () => {
      const [x, y] = [own.uniform() * 900, own.uniform() * 900]
      return [x, y, x + 20 + own.uniform() * 100, y + 20 + own.uniform() * 100]
    })
    const classes = Array.from({ length: BOXES }, () => 1 + own.integer(CLASSES))
    const relations = Array.from({ length: 5 + own.integer(20) }, () => {
      const [s, o] = own.sample(BOXES, 2)
      return [s, o, 1 + own.integer(PREDICATES)]
    })
    const scores = own.child('scores').uniformInto(new Float64Array(BOXES * BOXES * cols))
    for (const [s, o, p] of relations)
      scores[(s * BOXES + o) * cols + p] = 0.999 + own.uniform() / 1e3
    const things = { boxes, classes }
    return {
      truth: { ...things, relations },
      prediction: { ...things, predicates: { rows: BOXES * BOXES, cols, data: scores } },
    }
  })
}

/** The same numbers one after the other, for another language. */
function flat(images) {
  const all = (of) => images.flatMap(of).flat(2)
  const scores = new Float64Array(images.length * images[0].prediction.predicates.data.length)
  images.forEach(({ prediction: { predicates } }, i) =>
    scores.set(predicates.data, i * predicates.data.length),
  )
  return {
    boxes: all(({ truth }) => truth.boxes),
    classes: all(({ truth }) => truth.classes),
    relations: all(({ truth }) => truth.relations),
    lengths: images.map(({ truth }) => truth.relations.length),
    scores,
  }
}

/** Recall of scene graphs, ranking every predicate of every pair. */
export const recall = {
  name: 'recall',
  about: 'recall@K of scene graphs without the graph constraint',
  async run(context) {
    const images = scenes()
    const given = {
      options: { images: IMAGES, boxes: BOXES, predicates: PREDICATES, at },
      arrays: flat(images),
    }
    const python = context.python('recall_python.py', [])
    const numpy = context.python('recall_python.py', ['numpy'])
    const options = { constrained: false, predicates: PREDICATES, at }
    const label = 'ours (evaluateScenes; mean recall and ceiling, too)'
    await context.task({
      title: `${IMAGES} images of ${BOXES} boxes, ${PREDICATES} predicates: ${IMAGES * BOXES * (BOXES - 1) * PREDICATES} candidates, K = ${at.join(', ')}`,
      variants: [
        here(
          label,
          () => evaluateScenes(images, options),
          (found) => ({ recall: found.at.map((each) => each.recall) }),
        ),
        await python?.variant(LOOP, 'doubleLoop', given),
        await numpy?.variant(REFERENCE, 'reference', given),
      ],
      tolerances: { recall: 1e-12 },
      goals: [
        { label, atMostMs: 3000 },
        { label: LOOP, atLeast: 20 },
      ],
    })
  },
}
