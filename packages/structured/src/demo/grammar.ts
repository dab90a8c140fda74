import { classOf, predicateOf, type ClassName, type PredicateName } from './names.js'

/** An item that is drawn with probability proportional to its weight. */
export interface Weighted {
  readonly weight: number
}

/** A class that occurs in a kind of scene independently of others. */
export interface Standing extends Weighted {
  readonly label: number
}

/** A possible relation: classes of subject and object, and the predicate. */
export interface Rule extends Weighted {
  readonly subject: number
  readonly predicate: number
  readonly object: number
}

/** A kind of scene: its probability, its objects, and the relations between them. */
export interface SceneKind extends Weighted {
  readonly name: string
  readonly standing: readonly Standing[]
  readonly rules: readonly Rule[]
}

type Classes = { readonly [name in ClassName]?: number }
type Words = readonly [ClassName, PredicateName, ClassName, number]

function kind(name: string, weight: number, classes: Classes, rules: readonly Words[]): SceneKind {
  return {
    name,
    weight,
    standing: (Object.entries(classes) as [ClassName, number][]).map(([each, weight]) => ({
      label: classOf(each),
      weight,
    })),
    rules: rules.map(([subject, predicate, object, weight]) => ({
      subject: classOf(subject),
      predicate: predicateOf(predicate),
      object: classOf(object),
      weight,
    })),
  }
}

/**
 * The grammar of synthetic scenes. Members of a confusable pair occur in different kinds of scenes
 * (surfboards on beaches), or with other predicates (a kite is held, a bird is in a tree); some
 * occur in two, so that the kind alone does not determine the class.
 */
export const sceneKinds: readonly SceneKind[] = [
  kind(
    'street',
    0.25,
    {
      car: 3,
      building: 3,
      man: 2,
      woman: 2,
      bench: 1,
      motorcycle: 1,
      skateboard: 1,
      dog: 1,
      tree: 0.5,
      bird: 0.5,
    },
    [
      ['man', 'riding', 'motorcycle', 3],
      ['woman', 'riding', 'motorcycle', 1.5],
      ['man', 'wearing', 'helmet', 3],
      ['woman', 'wearing', 'helmet', 1.5],
      ['man', 'riding', 'skateboard', 3],
      ['woman', 'holding', 'skateboard', 1],
      ['woman', 'has', 'phone', 2],
      ['man', 'holding', 'phone', 1],
      ['man', 'sitting on', 'bench', 1.5],
      ['woman', 'sitting on', 'bench', 1.5],
      ['dog', 'near', 'man', 1],
      ['car', 'in front of', 'building', 2],
      ['building', 'behind', 'car', 2],
      ['motorcycle', 'near', 'car', 1.5],
      ['bird', 'above', 'building', 1],
      ['bird', 'on', 'car', 0.5],
      ['tree', 'near', 'building', 1],
    ],
  ),
  kind(
    'kitchen',
    0.2,
    {
      table: 3,
      oven: 3,
      chair: 2,
      woman: 1.5,
      man: 1,
      tv: 1,
      lamp: 1,
      cat: 1,
      vase: 1,
      remote: 1,
      orange: 0.5,
    },
    [
      ['vase', 'on', 'table', 2],
      ['orange', 'on', 'table', 2.5],
      ['remote', 'on', 'table', 1.5],
      ['woman', 'holding', 'cup', 2],
      ['man', 'holding', 'cup', 1.5],
      ['man', 'has', 'remote', 1.5],
      ['woman', 'has', 'orange', 1],
      ['cat', 'sitting on', 'chair', 1.5],
      ['cat', 'under', 'table', 1.5],
      ['woman', 'sitting on', 'chair', 1.5],
      ['chair', 'near', 'table', 2],
      ['table', 'in front of', 'oven', 1],
      ['tv', 'above', 'oven', 1],
      ['lamp', 'above', 'table', 1.5],
      ['oven', 'behind', 'woman', 1],
    ],
  ),
  kind(
    'park',
    0.2,
    {
      tree: 3,
      grass: 3,
      man: 1.5,
      woman: 1.5,
      bench: 1.5,
      bike: 1.5,
      dog: 1.5,
      bird: 1,
      ball: 0.5,
    },
    [
      ['man', 'sitting on', 'bench', 2],
      ['woman', 'sitting on', 'bench', 2],
      ['man', 'riding', 'bike', 2.5],
      ['woman', 'riding', 'bike', 1.5],
      ['man', 'riding', 'skateboard', 1.5],
      ['woman', 'wearing', 'hat', 2],
      ['man', 'wearing', 'hat', 1.5],
      ['man', 'holding', 'helmet', 0.5],
      ['man', 'holding', 'ball', 1],
      ['ball', 'on', 'grass', 1.5],
      ['dog', 'on', 'grass', 2],
      ['dog', 'near', 'woman', 1.5],
      ['bird', 'above', 'tree', 1.5],
      ['tree', 'has', 'bird', 1.5],
      ['bench', 'in front of', 'tree', 1],
      ['tree', 'behind', 'bench', 1],
    ],
  ),
  kind(
    'office',
    0.15,
    {
      desk: 3,
      chair: 2,
      lamp: 1.5,
      man: 1.5,
      woman: 1.5,
      laptop: 1.5,
      phone: 0.5,
      cat: 0.3,
      tv: 0.3,
    },
    [
      ['laptop', 'on', 'desk', 3],
      ['phone', 'on', 'desk', 1.5],
      ['cup', 'on', 'desk', 1.5],
      ['lamp', 'on', 'desk', 1],
      ['vase', 'near', 'laptop', 0.3],
      ['man', 'holding', 'phone', 1.5],
      ['woman', 'has', 'phone', 1],
      ['woman', 'holding', 'cup', 0.5],
      ['man', 'sitting on', 'chair', 2],
      ['woman', 'sitting on', 'chair', 2],
      ['chair', 'in front of', 'desk', 1.5],
      ['chair', 'near', 'desk', 1],
      ['man', 'behind', 'desk', 1],
      ['woman', 'behind', 'desk', 1],
      ['lamp', 'above', 'desk', 1.5],
      ['cat', 'under', 'desk', 0.5],
    ],
  ),
  kind(
    'beach',
    0.2,
    { wave: 3, sand: 3, man: 2, woman: 2, kite: 1.5, surfboard: 1, ball: 1, dog: 0.3, bird: 0.3 },
    [
      ['man', 'riding', 'surfboard', 3],
      ['woman', 'holding', 'surfboard', 2],
      ['man', 'holding', 'kite', 1.5],
      ['woman', 'has', 'ball', 1],
      ['woman', 'wearing', 'hat', 2],
      ['man', 'wearing', 'hat', 1.5],
      ['surfboard', 'on', 'sand', 1.5],
      ['ball', 'on', 'sand', 2],
      ['man', 'on', 'sand', 1.5],
      ['woman', 'sitting on', 'sand', 1.5],
      ['man', 'in front of', 'wave', 1.5],
      ['wave', 'behind', 'man', 1],
      ['kite', 'above', 'sand', 2],
      ['kite', 'above', 'wave', 1.5],
      ['bird', 'on', 'sand', 0.7],
      ['dog', 'near', 'man', 0.5],
    ],
  ),
]

/** Classes of which a scene has at most one object. */
export const single: readonly number[] = (
  ['grass', 'sand', 'wave', 'table', 'desk', 'oven'] as const
).map(classOf)

/**
 * Typical geometry of a class: width, height and position of the bottom from the top, as fractions
 * of the image's height.
 */
export interface Stature {
  readonly size: readonly [width: number, height: number]
  readonly bottom: readonly [number, number]
}

const ground = [0.72, 0.96] as const
const sky = [0.12, 0.4] as const

const sizes: readonly (readonly [
  names: readonly ClassName[],
  size: readonly [number, number],
  bottom: readonly [number, number],
])[] = [
  [['skateboard', 'surfboard'], [0.26, 0.08], ground],
  [['bird', 'kite'], [0.1, 0.09], sky],
  [['dog', 'cat'], [0.17, 0.13], ground],
  [['remote', 'phone'], [0.06, 0.05], ground],
  [['cup', 'vase'], [0.07, 0.1], ground],
  [['bench', 'chair'], [0.3, 0.24], ground],
  [['bike', 'motorcycle'], [0.36, 0.25], ground],
  [['hat', 'helmet'], [0.11, 0.07], ground],
  [['laptop', 'tv'], [0.24, 0.18], ground],
  [['ball', 'orange'], [0.07, 0.07], ground],
  [['man', 'woman'], [0.2, 0.48], ground],
  [['car'], [0.5, 0.22], ground],
  [['building'], [0.5, 0.55], [0.58, 0.72]],
  [['tree'], [0.32, 0.55], [0.62, 0.8]],
  [
    ['table', 'desk'],
    [0.6, 0.28],
    [0.8, 0.93],
  ],
  [['oven'], [0.32, 0.34], [0.76, 0.9]],
  [['lamp'], [0.12, 0.22], [0.35, 0.6]],
  [['wave'], [1.1, 0.16], [0.55, 0.66]],
  [
    ['grass', 'sand'],
    [1.15, 0.26],
    [0.96, 1],
  ],
]

export const statureOf: readonly (Stature | undefined)[] = Array.from({ length: 33 }, (_, c) => {
  const found = sizes.find(([names]) => names.some((name) => classOf(name) === c))
  return found && { size: found[1], bottom: found[2] }
})
