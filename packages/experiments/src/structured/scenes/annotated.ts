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
import { FileError, type SceneData, type SceneFile } from '../../define/scene-data.js'
import { meanWithError, type MeanWithError } from '@nonconvex/optim/statistics'
import { watched } from '../training.js'
import type { PartContext, PartRow } from '../../define/work.js'
import type { Params } from './experiment.js'

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

export type TaskMeasured = {
  readonly task: SceneTask
  readonly counts: Rules<Recalls>
  readonly network: Rules<Recalls>
  /** recall@50 of the network minus that of the baseline, mean over test images */
  readonly gain: Rules<MeanWithError>
  /** best validation step */
  readonly steps: number
}
export type DataMeasured = {
  readonly files: { readonly train: FileFacts; readonly test: FileFacts | null }
  /** training images, and test images with relations */
  readonly images: { readonly train: number; readonly test: number }
  /** training epochs over the images with relations, at most */
  readonly passes: number
  readonly tasks: readonly TaskMeasured[]
}

type Context = MeasureContext<Params>

/** K of the gain. */
export const gainAt = 50

/** The frequency baseline and a network on annotated images. */
export const measureData = async (context: Context): Promise<DataMeasured> =>
  measured(await read(context), context)

/**
 * Checks that the files are those that the row was measured from.
 *
 * @throws FileError if they differ
 */
export async function sameFiles(
  { measured: { files } }: PartRow<object, DataMeasured, unknown>,
  context: PartContext<Params>,
): Promise<void> {
  const again = await unlessMissing(() => read(context))
  const { data = '', dataTest } = context.params
  unchanged(data, files.train, again.train)
  unchanged(dataTest ?? `the test images beside ${data}`, files.test, again.test)
}

function read(context: Pick<Context, 'params' | 'scenes' | 'signal'>): Promise<SceneData> {
  const { params, scenes: readScenes, signal } = context
  const { data = '', dataTest } = params
  if (!readScenes)
    throw new InputError(
      'parameter data: expected none, as files cannot be read here, got one; run `nonconvex run structured/scenes --set data=FILE`',
      undefined,
      'file-unreadable',
    )
  return readScenes(data, dataTest, signal)
}

async function unlessMissing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new FileError(
      `${error.message}\nthe check reads the file that the result was measured from; run it in the folder in which its path is valid`,
      undefined,
      'file-unreadable',
    )
  }
}

function unchanged(path: string, was: FileFacts | null, now: SceneFile | undefined): void {
  if (was?.sha256 === now?.sha256) return
  const shown = (file: { readonly sha256: string } | null | undefined): string =>
    file ? `SHA-256 ${file.sha256}` : 'no file'
  throw new FileError(
    `${path}: expected ${shown(was)}, the file that the result was measured from, got ${shown(now)}; restore that file, or run the experiment again`,
    undefined,
    'file-changed',
  )
}

async function measured(data: SceneData, context: Context): Promise<DataMeasured> {
  const { params, stream } = context
  const images = realImages(data, params, stream.child('split'))
  const counter = frequencyCounter(data.train)
  images.train.forEach(counter.add)
  const detected = [...images.train, ...images.test].every(
    ({ objectLogits }) => objectLogits !== undefined,
  )
  const tasks: TaskMeasured[] = []
  for (const task of detected ? (['predcls', 'sgcls'] as const) : (['predcls'] as const))
    tasks.push(await compared(task, images, counter.table(), data.train.inclusive, context))
  return {
    files: { train: factsOf(data.train), test: data.test ? factsOf(data.test) : null },
    images: { train: images.train.length, test: withRelations(images.test).length },
    passes: epochsOf(withRelations(images.train).length, context.params),
    tasks,
  }
}

const factsOf = ({ format, sha256, scenes: images }: SceneFile): FileFacts => ({
  format,
  sha256,
  images: images.length,
})

/** Training epochs: those of `fit scenes`, or fewer for fewer steps. */
function epochsOf(images: number, { steps }: Pick<Params, 'steps'>): number {
  const wanted = Math.round((steps * networkDefaults.batch) / images)
  return Math.max(1, Math.min(networkDefaults.epochs, wanted))
}

/**
 * A network with the default options of `fit scenes`, or fewer epochs for fewer steps, and the
 * frequency baseline that initializes it, on the same test images.
 */
async function compared(
  task: SceneTask,
  { train, test }: RealImages,
  table: FrequencyTable,
  inclusive: boolean,
  context: Context,
): Promise<TaskMeasured> {
  const { params, stream, signal } = context
  const related = withRelations(train)
  const epochs = epochsOf(related.length, params)
  const { network, training } = networkTraining({
    options: { ...networkDefaults, epochs, model: 'network' },
    task,
    table,
    signal,
    scenes: related,
    source: stream.child(task),
    progress: watched(context),
  })
  let next = training.next()
  while (next.done !== true) next = training.next()
  signal.throwIfAborted()
  const counts = await predictions(frequencyPredictor(table), test, task)
  const learned = await predictions(networkPredictor(network, table, task), test, task)
  const how = { predicates: table.predicates.length - 1, inclusive, seen: seenIn(table) }
  const both = <T>(of: (constrained: boolean) => T): Rules<T> => ({
    constrained: of(true),
    unconstrained: of(false),
  })
  const recalls = (all: readonly Scene[]) =>
    both((constrained): Recalls => {
      const { at, ceiling } = evaluateScenes(all, { ...how, constrained })
      return {
        recall: at.map(({ recall }) => recall),
        meanRecall: at.map(({ meanRecall }) => meanRecall),
        zeroShot: at.map(({ zeroShot }) => zeroShot),
        ceiling,
      }
    })
  const gain = both((constrained) => {
    const each = (scene: Scene): number | null =>
      evaluateScenes([scene], { ...how, constrained, at: [gainAt] }).at[0].recall
    return meanWithError(
      learned.flatMap((scene, i) => {
        const [above, below] = [each(scene), each(counts[i])]
        return above === null || below === null ? [] : [above - below]
      }),
    )
  })
  return {
    task,
    counts: recalls(counts),
    network: recalls(learned),
    gain,
    steps: next.value.checkpoint.best.step,
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
