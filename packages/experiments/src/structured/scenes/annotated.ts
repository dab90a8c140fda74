import type { AnnotatedScene } from '@nonconvex/structured/load'
import type { Stream } from '@nonconvex/tensor'
import {
  frequencyCounter,
  frequencyPredictor,
  seenIn,
  type FrequencyTable,
} from '@nonconvex/structured/baselines'
import { networkDefaults, networkPredictor, networkTraining } from '@nonconvex/structured/network'
import {
  evaluateScenes,
  type Scene,
  type ScenePredictor,
  type SceneTask,
} from '@nonconvex/structured/recall'
import type { MeasureContext } from '../../define/experiment.js'
import { InputError } from '../../define/input-error.js'
import { cannotRead, unchanged, unlessMissing } from '../../define/readers.js'
import type { SceneData, SceneFile } from '../../define/scene-data.js'
import { pack, type Packed } from '../../result/packed.js'
import { watched } from '../training.js'
import type { PartContext, PartRow } from '../../define/work.js'
import type { AnnotatedModel, Params } from './experiment.js'

/** Facts about a file that was read. */
export type FileFacts = {
  readonly format: string
  readonly sha256: string
  readonly images: number
}
/** Recalls at 20, 50, 100, and of K → ∞. */
export type Recalls = {
  readonly [which in 'recall' | 'meanRecall' | 'zeroShot']: readonly (number | null)[]
} & { readonly ceiling: number | null }

/** With and without the graph constraint. */
export type Rules<T> = { readonly constrained: T; readonly unconstrained: T }
/** The two kinds of recall, and their K. */
export const rules = ['constrained', 'unconstrained'] as const
export const dataAt: readonly number[] = [20, 50, 100]

/** Names for tables, figures and statements. */
export const taskNames: { readonly [task in SceneTask]: string } = {
  predcls: 'PredCls: classes given',
  sgcls: 'SGCls: classes predicted',
}
export const ruleNames: Rules<string> = {
  constrained: 'graph constraint',
  unconstrained: 'no graph constraint',
}

/** A predictor on the test images of a task. */
export type Evaluated = {
  readonly task: SceneTask
  readonly recalls: Rules<Recalls>
  /** recall@50 of each test image with relations */
  readonly each: Rules<Packed>
}
/** The frequency baseline. */
export type DataMeasured = {
  readonly files: Files
  /** training images, and test images with relations */
  readonly images: { readonly train: number; readonly test: number }
  /** test images with relations that have more than 20, 50, 100 candidates */
  readonly candidates: Rules<readonly number[]>
  /** training epochs of the networks over the images with relations, at most */
  readonly passes: number
  readonly tasks: readonly Evaluated[]
}
/** A network from one random initialization. */
export type AnnotatedMeasured = {
  readonly files: Files
  readonly tasks: readonly (Evaluated & {
    /** best validation step */
    readonly steps: number
  })[]
}
type Files = { readonly train: FileFacts; readonly test: FileFacts | null }

type Context = MeasureContext<Params>

/** K of the gain. */
export const gainAt = 50

/** The annotated images of a run, and what all its predictors have in common. */
interface Annotated {
  readonly data: SceneData
  readonly images: RealImages
  readonly table: FrequencyTable
  readonly tasks: readonly SceneTask[]
}

const open = async (context: Context): Promise<Annotated> => {
  const data = await read(context)
  const images = realImages(data, context.params, context.shared.child('annotated'))
  const counter = frequencyCounter(data.train)
  images.train.forEach(counter.add)
  const detected = [...images.train, ...images.test].every(
    ({ objectLogits }) => objectLogits !== undefined,
  )
  const tasks = detected ? (['predcls', 'sgcls'] as const) : (['predcls'] as const)
  return { data, images, table: counter.table(), tasks }
}

/** The frequency baseline on annotated images. */
export async function measureData(context: Context): Promise<DataMeasured> {
  const all = await open(context)
  const { images, table } = all
  const related = withRelations(images.test)
  const more = (predicates: number): number[] =>
    dataAt.map(
      (k) => related.filter(({ boxes: { length: n } }) => n * (n - 1) * predicates > k).length,
    )
  const tasks: Evaluated[] = []
  for (const task of all.tasks) tasks.push(await evaluated(frequencyPredictor(table), task, all))
  return {
    files: filesOf(all.data),
    images: { train: images.train.length, test: related.length },
    candidates: { constrained: more(1), unconstrained: more(table.predicates.length - 1) },
    passes: epochsOf(withRelations(images.train).length, context.params),
    tasks,
  }
}

/**
 * A network with the default options of `fit scenes`, or fewer epochs for fewer steps. Both models
 * of a seed have the same validation images and batches.
 */
export async function measureAnnotated(
  { model, seed }: { readonly model: AnnotatedModel; readonly seed: number },
  context: Context,
): Promise<AnnotatedMeasured> {
  const all = await open(context)
  const { images, table } = all
  const { params, shared, signal } = context
  const scenes = withRelations(images.train)
  const options = { ...networkDefaults, epochs: epochsOf(scenes.length, params), model }
  const source = shared.child('annotated').child('network', seed)
  const tasks: AnnotatedMeasured['tasks'][number][] = []
  for (const task of all.tasks) {
    const progress = watched(context)
    const given = { options, task, table, signal, scenes, source: source.child(task), progress }
    const { network, training } = networkTraining(given)
    let next = training.next()
    while (next.done !== true) next = training.next()
    signal.throwIfAborted()
    const found = await evaluated(networkPredictor(network, table, task), task, all)
    tasks.push({ ...found, steps: next.value.checkpoint.best.step })
  }
  return { files: filesOf(all.data), tasks }
}

/**
 * Checks that the files are those that the row was measured from.
 *
 * @throws FileError if they differ
 */
export async function sameFiles(
  { measured }: PartRow<object, unknown, unknown>,
  context: PartContext<Params>,
): Promise<void> {
  const { files } = measured as { readonly files: Files }
  const again = await unlessMissing(() => read(context))
  const { data = '', dataTest } = context.params
  unchanged(data, files.train, again.train)
  unchanged(dataTest ?? `the test images beside ${data}`, files.test, again.test)
}

function read(context: Pick<Context, 'params' | 'scenes' | 'signal'>): Promise<SceneData> {
  const { params, scenes: readScenes, signal } = context
  const { data = '', dataTest } = params
  if (!readScenes) throw cannotRead('run structured/scenes --set data=FILE')
  return readScenes(data, dataTest, signal)
}

const factsOf = ({ format, sha256, scenes: images }: SceneFile): FileFacts => ({
  format,
  sha256,
  images: images.length,
})

const filesOf = ({ train, test }: SceneData): Files => ({
  train: factsOf(train),
  test: test ? factsOf(test) : null,
})

/** Training epochs: those of `fit scenes`, or fewer for fewer steps. */
function epochsOf(images: number, { steps }: Pick<Params, 'steps'>): number {
  const wanted = Math.round((steps * networkDefaults.batch) / images)
  return Math.max(1, Math.min(networkDefaults.epochs, wanted))
}

/** Recalls of a predictor on the test images: over all, and of each image. */
async function evaluated(
  predictor: ScenePredictor,
  task: SceneTask,
  { images, table, data }: Annotated,
): Promise<Evaluated> {
  const all = await predictions(predictor, images.test, task)
  const how = {
    predicates: table.predicates.length - 1,
    inclusive: data.train.inclusive,
    seen: seenIn(table),
  }
  const both = <T>(of: (constrained: boolean) => T): Rules<T> => ({
    constrained: of(true),
    unconstrained: of(false),
  })
  return {
    task,
    recalls: both((constrained): Recalls => {
      const { at, ceiling } = evaluateScenes(all, { ...how, constrained })
      return {
        recall: at.map(({ recall }) => recall),
        meanRecall: at.map(({ meanRecall }) => meanRecall),
        zeroShot: at.map(({ zeroShot }) => zeroShot),
        ceiling,
      }
    }),
    each: both((constrained) =>
      pack(
        Float64Array.from(
          all.flatMap(
            (scene) =>
              evaluateScenes([scene], { ...how, constrained, at: [gainAt] }).at[0].recall ?? [],
          ),
        ),
      ),
    ),
  }
}

async function predictions(
  predictor: ScenePredictor,
  images: readonly TrueScene[],
  task: SceneTask,
): Promise<Scene[]> {
  const all: Scene[] = []
  for (const scene of images) {
    const { boxes, classes, relations } = scene
    const prediction = await predictor.predict(scene, task)
    all.push({ truth: { boxes, classes, relations }, prediction })
  }
  return all
}

/** An image with its classes and relations. */
type TrueScene = AnnotatedScene & Required<Pick<AnnotatedScene, 'classes' | 'relations'>>

const withRelations = (some: readonly TrueScene[]): TrueScene[] =>
  some.filter(({ relations }) => relations.length > 0)

/** Training and test images; only images with relations are used. */
interface RealImages {
  readonly train: readonly TrueScene[]
  readonly test: readonly TrueScene[]
}

/**
 * The images of both splits; of a single file, a random tenth is the test set.
 *
 * @throws InputError if an image is not annotated, or a split has too few images with relations
 */
function realImages(
  { train, test }: SceneData,
  { data = '', dataTest }: Params,
  source: Stream,
): RealImages {
  const all = annotated(data, train)
  const parts = test
    ? { train: all, test: annotated(dataTest ?? 'the test images beside it', test) }
    : tenth(all, source)
  const related = [parts.train, parts.test].map((some) => withRelations(some).length)
  if (related[0] < 2 || related[1] < 1)
    throw new InputError(
      `${data}: expected at least 2 training images and 1 test image with relations, got ${related.join(' and ')}; add images, or pass test images as dataTest=FILE`,
      undefined,
      'file-content',
    )
  return parts
}

function tenth(all: readonly TrueScene[], source: Stream): RealImages {
  const held = new Set(source.sample(all.length, Math.ceil(all.length / 10)))
  return {
    train: all.filter((_, i) => !held.has(i)),
    test: all.filter((_, i) => held.has(i)),
  }
}

function annotated(path: string, { scenes: all }: SceneFile): TrueScene[] {
  return all.map((scene) => {
    const { id, classes, relations } = scene
    if (classes === undefined || relations === undefined)
      throw new InputError(
        `${path}, image ${JSON.stringify(id)}: expected classes and relations, got none; annotate the image, or drop it`,
        undefined,
        'file-content',
      )
    return { ...scene, classes, relations }
  })
}
