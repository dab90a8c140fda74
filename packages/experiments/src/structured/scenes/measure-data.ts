import {
  evaluateScenes,
  frequencyCounter,
  frequencyPredictor,
  networkDefaults,
  networkPredictor,
  networkTraining,
  seenIn,
  type FrequencyTable,
  type Scene,
  type ScenePredictor,
  type SceneTask,
} from '@nonconvex/structured'
import type { CheckContext, MeasureContext } from '../../define/experiment.js'
import { InputError } from '../../define/input-error.js'
import { FileError, type SceneData, type SceneFile } from '../../define/scene-data.js'
import { meanWithError } from '@nonconvex/optim/statistics'
import { realImages, type RealImages, type TrueScene } from './real-images.js'
import type { ScenesMeasured, ScenesRow } from './measure.js'
import type { ScenesCell, ScenesParams } from './params.js'

/** What a file was when it was read. */
export type FileFacts = {
  readonly format: string
  readonly sha256: string
  readonly images: number
}
/** Recalls at 20, 50, 100, and of K → ∞. */
export type Recalls = {
  readonly [which in 'recall' | 'meanRecall' | 'zeroShot']: readonly (number | null)[]
} & { readonly ceiling: number | null }

/**
 * The network's recall@50 minus that of the counts: mean over test images, and its standard error.
 */
export type Gain = { readonly mean: number; readonly error: number }

/** One predicate a pair, and all of them. */
export type Rules<T> = { readonly constrained: T; readonly unconstrained: T }
export type TaskMeasured = {
  readonly task: SceneTask
  readonly counts: Rules<Recalls>
  readonly network: Rules<Recalls>
  readonly gain: Rules<Gain>
  /** steps until its best */
  readonly steps: number
}
export type DataMeasured = {
  readonly files: { readonly train: FileFacts; readonly test: FileFacts | null }
  /** images learned from, and test images with relations */
  readonly images: { readonly train: number; readonly test: number }
  /** of training over the images with relations, at most */
  readonly passes: number
  readonly tasks: readonly TaskMeasured[]
}

type Context = Pick<MeasureContext<ScenesParams>, 'params' | 'stream' | 'signal' | 'scenes'> &
  Partial<Pick<MeasureContext<ScenesParams>, 'watch'>>

/** K of the gain. */
export const gainAt = 50

/** Counts and a network on real images. */
export async function measureData(cell: ScenesCell, context: Context): Promise<ScenesRow> {
  return { key: cell.key, measured: await measured(await read(context), context), witness: null }
}

/**
 * Everything again, from the same files.
 *
 * @throws FileError where they are not the same
 */
export async function checkData(
  row: ScenesRow,
  context: CheckContext<ScenesParams, ScenesCell>,
): Promise<ScenesMeasured> {
  if (row.witness !== null) throw new Error('there is no witness to this row')
  const again = await unlessMissing(() => read(context))
  const { data = '', dataTest } = context.params
  const { files } = row.measured as DataMeasured
  unchanged(data, files.train, again.train)
  unchanged(dataTest ?? `the images for tests beside ${data}`, files.test, again.test)
  return measured(again, context)
}

function read({ params, scenes, signal }: Context): Promise<SceneData> {
  const { data = '', dataTest } = params
  if (!scenes)
    throw new InputError(
      'parameter data: no files are read here; on a command line: nonconvex run structured/scenes --set data=FILE',
    )
  return scenes(data, dataTest, signal)
}

async function unlessMissing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new FileError(
      `${error.message}\nthe result was made from this file, and is checked with it: run where its path leads to it, as when it was made`,
    )
  }
}

function unchanged(path: string, was: FileFacts | null, now: SceneFile | undefined): void {
  if (was?.sha256 === now?.sha256) return
  const shown = (file: { readonly sha256: string } | null | undefined): string =>
    file ? `SHA-256 ${file.sha256}` : 'no file'
  throw new FileError(
    `${path}: it has changed since the result was made: expected ${shown(was)}, got ${shown(now)}; put the file of that time back, or run again`,
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
  const related = (some: readonly TrueScene[]): TrueScene[] =>
    some.filter(({ relations }) => relations.length > 0)
  return {
    files: { train: factsOf(data.train), test: data.test ? factsOf(data.test) : null },
    images: { train: images.train.length, test: related(images.test).length },
    passes: passesOver(related(images.train).length, context.params),
    tasks,
  }
}

const factsOf = ({ format, sha256, scenes }: SceneFile): FileFacts => ({
  format,
  sha256,
  images: scenes.length,
})

/** Passes over so many images: those of `fit scenes`, or fewer for fewer steps. */
function passesOver(images: number, { steps }: Pick<ScenesParams, 'steps'>): number {
  const wanted = Math.round((steps * networkDefaults.batch) / images)
  return Math.max(1, Math.min(networkDefaults.epochs, wanted))
}

/**
 * A network with the default options of `fit scenes`, or fewer epochs for fewer steps, and the
 * counts that it starts from, on the same test images.
 */
async function compared(
  task: SceneTask,
  { train, test }: RealImages,
  table: FrequencyTable,
  inclusive: boolean,
  { params, stream, signal, watch }: Context,
): Promise<TaskMeasured> {
  const scenes = train.filter(({ relations }) => relations.length > 0)
  const epochs = passesOver(scenes.length, params)
  const { network, training } = networkTraining({
    options: { ...networkDefaults, epochs, model: 'network' },
    task,
    table,
    signal,
    scenes,
    source: stream.child(task),
    progress: ({ step, history }) =>
      watch?.({
        step,
        loss: history[history.length - 1].train,
        valid: history[history.length - 1].valid,
      }),
  })
  let next = training.next()
  while (next.done !== true) next = training.next()
  signal.throwIfAborted()
  const counts = await predictions(frequencyPredictor(table), test, task)
  const learned = await predictions(networkPredictor(network, table, task), test, task)
  const rules = { predicates: table.predicates.length - 1, inclusive, seen: seenIn(table) }
  const both = <T>(of: (constrained: boolean) => T): Rules<T> => ({
    constrained: of(true),
    unconstrained: of(false),
  })
  const recalls = (scenes: readonly Scene[]) =>
    both((constrained): Recalls => {
      const { at, ceiling } = evaluateScenes(scenes, { ...rules, constrained })
      return {
        recall: at.map(({ recall }) => recall),
        meanRecall: at.map(({ meanRecall }) => meanRecall),
        zeroShot: at.map(({ zeroShot }) => zeroShot),
        ceiling,
      }
    })
  const gain = both((constrained): Gain => {
    const each = (scene: Scene): number | null =>
      evaluateScenes([scene], { ...rules, constrained, at: [gainAt] }).at[0].recall
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
  scenes: readonly TrueScene[],
  task: SceneTask,
): Promise<Scene[]> {
  const all: Scene[] = []
  for (const scene of scenes) {
    const { boxes, classes, relations } = scene
    const prediction = await predictor.predict(scene, task)
    all.push({ truth: { boxes, classes, relations }, prediction })
  }
  return all
}
