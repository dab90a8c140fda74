import { counted } from '@nonconvex/optim/claims'
import type { EvaluateFlags } from '../command-line/data-commands.js'
import { seenIn } from '@nonconvex/structured/baselines'
import type { SceneTruth } from '@nonconvex/structured/recall'
import type { Vg150Split } from '@nonconvex/structured/load'
import { badInput, exit } from '../exit.js'
import type { Host } from '../host.js'
import type { Terminal } from '../terminal/terminal.js'
import { countScenes } from '../scenes/count-scenes.js'
import {
  openScenes,
  sameNames,
  sceneFault,
  allAmong,
  sameImages,
  type ImagesRead,
} from '../scenes/open-scenes.js'
import { printScores, truthOf, withoutArea } from '../scenes/print-scores.js'
import {
  predictionWarnings,
  ownParts,
  refuseAnnotation,
  statedTask,
} from '../scenes/prediction-task.js'
import { refuseFlags, refuseUnused, scenesRequest } from '../scenes/scene-flags.js'
import { sceneScores } from '../scenes/scene-scores.js'
import { modeOf, taskPrediction } from '../scenes/task-prediction.js'

/** What was seen in training, by which images, and that in words. */
interface CountedTraining {
  readonly seen: ReturnType<typeof seenIn>
  readonly read: Required<ImagesRead>
  readonly text: string
}

/**
 * `nonconvex evaluate --predictions FILE DATA`: recall of predictions from any program,
 * in the exchange format, matched by image id. Memory: the annotations; predictions are streamed.
 */
export async function evaluatePredictions(
  host: Host,
  terminal: Terminal,
  file: string,
  data: string,
  flags: EvaluateFlags,
): Promise<number> {
  refuseFlags({ ...flags }, ['label', 'labels'], 'models')
  const { signal } = host
  const { task, ...reading } = flags
  const predictions = await openScenes({ path: file, format: 'ndjson', split: 'all', signal })
  const { header } = predictions
  const stated = statedTask(file, header.task, task)
  // classes that were given are certain; whether boxes were is seen by the boxes
  const measured = task ?? (stated === 'sgcls' ? undefined : stated)
  const own = ownParts()
  const truths = new Map<string, SceneTruth>()
  const came = new Set<string>()
  const scenes = await openScenes(scenesRequest(data, reading, signal, header))
  let digest: string
  try {
    refuseUnused(scenes.format, { split: flags.split, integerBoxes: flags.integerBoxes })
    sameNames(data, scenes.header, header, file)
    await scenes.each((scene) => {
      if (truths.has(String(scene.id)))
        throw badInput(
          'image-repeated',
          `${data}: expected each image once, got ${JSON.stringify(scene.id)} again`,
        )
      truths.set(String(scene.id), truthOf(scene))
    })
    digest = scenes.digest()
  } finally {
    scenes.close()
  }
  const images = truths.size
  const { trained } = header
  const training = flags.train === undefined ? undefined : await countTraining(flags.train)
  const inclusive = flags.inclusive ?? scenes.inclusive
  const scores = sceneScores({
    predicates: header.predicates.length - 1,
    inclusive,
    mode: modeOf(measured),
    ...(training && { seen: training.seen }),
  })
  // two boxes around a pair may have an area; predicates of given pairs need none
  const overlaps = !inclusive && modeOf(measured) === 'triplets'
  const areaLess = overlaps
    ? [...truths.values()].reduce((sum, truth) => sum + withoutArea(truth), 0)
    : 0
  await predictions.each((scene) => {
    const id = String(scene.id)
    const truth = truths.get(id)
    if (truth === undefined)
      throw badInput(
        'image-unexpected',
        `${file}: expected each image of ${data} once, got ${JSON.stringify(scene.id)}${came.has(id) ? ' again' : ', which is not in it'}`,
      )
    truths.delete(id)
    came.add(id)
    try {
      refuseAnnotation(scene)
      own.add(scene, truth)
      scores.add({ truth, prediction: taskPrediction(scene, truth, header, measured) })
    } catch (error) {
      throw sceneFault(file, error)
    }
  })
  for (const truth of truths.values())
    scores.add({
      truth,
      prediction: {
        boxes: [],
        classes: [],
        predicates: { rows: 0, cols: header.predicates.length, data: new Float64Array(0) },
      },
    })
  const shown = measured ?? (stated && (own.boxes() ? 'sggen' : stated))
  printScores(terminal, scores.result(), {
    file: data,
    json: flags.json ?? false,
    tables: flags.tables,
    inclusive,
    images,
    dropped: scenes.dropped,
    missing: truths.size,
    areaLess,
    ...(trained && { trainedOn: sameImages({ sha256: digest, part: scenes.part }, trained) }),
    ...(training && { unseen: training.text }),
    tasks: shown === undefined ? [] : [shown],
  })
  for (const warning of predictionWarnings(measured, stated !== undefined, own))
    terminal.warn(warning)
  if (measured === undefined && stated === 'sgcls' && own.boxes())
    terminal.warn({
      code: 'boxes-differ',
      text: `${file}: the header names sgcls, but some boxes differ from those of ${data}: evaluated as sggen; --task sgcls names the image`,
    })
  if (trained && training && !allAmong(trained, training.read))
    terminal.warn({
      code: 'train-differs',
      text: `--train: the header of ${file} names a model trained on ${trained.sha256 === training.read.sha256 ? `part ${trained.part}` : 'other images'}; its training triplets may count as zero-shot`,
    })
  return exit.done

  /**
   * Triplets of the images that the predictions' model was made from; of VG150 their part, if their
   * header says which.
   */
  async function countTraining(
    path: string,
    split: Vg150Split = flags.trainSplit ?? trained?.part ?? 'train',
  ): Promise<CountedTraining> {
    const train = await openScenes({
      ...scenesRequest(path, { ...reading, split }, signal, header),
      splitFlag: '--train-split',
    })
    if (flags.trainSplit !== undefined && train.format !== 'vg150')
      throw badInput(
        'flag-unused',
        `--train-split applies to VG150 only, the data set with parts; omit it for ${path}`,
      )
    try {
      sameNames(path, train.header, header, file)
      const { read, table } = await countScenes(path, train, terminal, false)
      // a part of other files is not the part of these
      const others = trained !== undefined && train.digest() !== trained.sha256
      if (others && flags.trainSplit === undefined && train.format === 'vg150' && split !== 'train')
        return await countTraining(path, 'train')
      const part = train.format === 'vg150' ? `, part ${train.part}` : ''
      return {
        seen: seenIn(table),
        read: { sha256: train.digest(), part: train.part },
        text: `zero-shot: triplets in none of the ${counted(read.images, 'training image')} of ${path}${part}`,
      }
    } finally {
      train.close()
    }
  }
}
