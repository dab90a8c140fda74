import type { Cell } from '../../define/experiment.js'
import { file, integer, real } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface ScenesParams {
  readonly train: number
  readonly test: number
  readonly steps: number
  readonly hidden: number
  readonly seeds: number
  readonly kappa: number
  readonly inner: number
  readonly relation: number
  /** annotated images to learn from, and those for tests */
  readonly data?: string | undefined
  readonly dataTest?: string | undefined
}

/**
 * The networks: without context; the layer once, with a sum; twice, with attention on each feature.
 */
export const networks: readonly ['single', 'invariant', 'attention'] = [
  'single',
  'invariant',
  'attention',
]

export interface ScenesCell extends Cell {
  readonly part: (typeof networks)[number] | 'rules' | 'data'
  /** whether the true classes stand in the place of the detector's scores */
  readonly given: boolean
  readonly seed: number
}

export const scenesParams: ParamSchema<ScenesParams> = object(
  {
    train: integer({
      default: 8000,
      min: 100,
      max: 100_000,
      scale: 'log',
      help: 'scenes to learn from',
    }),
    test: integer({ default: 1000, min: 20, max: 100_000, scale: 'log', help: 'fresh scenes' }),
    steps: integer({
      default: 1500,
      min: 10,
      max: 100_000,
      scale: 'log',
      help: 'steps of Adam at most, of 50 scenes each',
    }),
    hidden: integer({
      default: 64,
      min: 2,
      max: 512,
      scale: 'log',
      symbol: 'H',
      help: 'hidden units',
    }),
    seeds: integer({ default: 2, min: 1, max: 50, help: 'networks of each kind' }),
    kappa: real({
      default: 0.9,
      min: 0.5,
      max: 1,
      symbol: '\\kappa',
      help: 'how often a confusable object is the one that its kind of scene favours',
    }),
    inner: real({
      default: 0.5,
      min: 0,
      max: 4,
      help: 'how far the detector tells the members of a confusable pair apart, in units of its noise',
    }),
    relation: real({
      default: 2.5,
      min: 0,
      max: 10,
      help: 'how far it tells predicates apart, in units of its noise',
    }),
    data: file({
      holds: 'annotated scenes',
      help: 'real images on which a network is compared with the counts, too',
    }),
    dataTest: file({
      holds: 'annotated scenes',
      help: 'images for its tests; else those beside it, else a tenth of it',
    }),
  },
  ({ data, dataTest }) =>
    data === undefined && dataTest !== undefined
      ? [
          {
            where: 'dataTest',
            message:
              'parameter dataTest: expected data=FILE, too, the images to learn from, got none',
          },
        ]
      : [],
)

export function scenesCells({ seeds, data }: ScenesParams): ScenesCell[] {
  const trained = (['', 'given/'] as const).flatMap((prefix) =>
    networks.flatMap((part) =>
      Array.from({ length: seeds }, (_, seed) => ({
        key: `${prefix}${part}/seed=${seed}`,
        part,
        seed,
        given: prefix !== '',
      })),
    ),
  )
  const cells: ScenesCell[] = [{ key: 'rules', part: 'rules', given: false, seed: 0 }, ...trained]
  // the longest first
  return data === undefined
    ? cells
    : [{ key: 'data', part: 'data', given: false, seed: 0 }, ...cells]
}
