import { frequencyCounter, seenIn, type SceneTruth } from '@nonconvex/structured'
import { badInput, exit } from '../exit.js'
import type { Host } from '../host.js'
import type { Terminal } from '../terminal/terminal.js'
import { openScenes, sameNames, sceneFault } from './open-scenes.js'
import { printScores, truthOf } from './print-scores.js'
import { doubts, ownParts, refuseAnnotation, statedTask } from './prediction-task.js'
import { refuseFlags, scenesRequest, type MeasuredTask, type SceneFlags } from './scene-flags.js'
import { sceneScores } from './scene-scores.js'
import { modeOf, taskPrediction } from './task-prediction.js'

export interface EvaluatePredictionsFlags extends Omit<SceneFlags, 'task'> {
  readonly task?: MeasuredTask
  readonly train?: string
  readonly inclusive?: boolean
  readonly json?: boolean
}

/**
 * `nonconvex evaluate --predictions FILE DATA`: recall of anybody's predictions, in the exchange format, image by image by id.
 * Memory: the annotations; predictions pass through.
 */
export async function evaluatePredictions(
  host: Host,
  terminal: Terminal,
  file: string,
  data: string,
  flags: EvaluatePredictionsFlags,
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
  const scenes = await openScenes(scenesRequest(data, reading, signal, header))
  try {
    sameNames(data, scenes.header, header, file)
    await scenes.each((scene) => {
      if (truths.has(String(scene.id)))
        throw badInput(`${data}: expected each image once, got ${JSON.stringify(scene.id)} again`)
      truths.set(String(scene.id), truthOf(scene))
    })
  } finally {
    scenes.close()
  }
  const images = truths.size
  const seen = flags.train === undefined ? undefined : await seenInTraining(flags.train)
  const inclusive = flags.inclusive ?? scenes.inclusive
  const scores = sceneScores({
    ...{ predicates: header.predicates.length - 1, inclusive, mode: modeOf(measured) },
    ...(seen && { seen }),
  })
  await predictions.each((scene) => {
    const id = String(scene.id)
    const truth = truths.get(id)
    if (truth === undefined)
      throw badInput(
        `${file}: expected each image of ${data} once, got ${JSON.stringify(scene.id)}, which is not there or came before`,
      )
    truths.delete(id)
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
        ...{ boxes: [], classes: [] },
        predicates: { rows: 0, cols: header.predicates.length, data: new Float64Array(0) },
      },
    })
  const shown = measured ?? (stated && (own.boxes() ? 'sggen' : stated))
  printScores(terminal, scores.result(), {
    ...{ file: data, json: flags.json ?? false, inclusive, images, dropped: scenes.dropped },
    missing: truths.size,
    tasks: shown === undefined ? [] : [shown],
  })
  for (const doubt of doubts(measured, stated !== undefined, own)) terminal.warn(doubt)
  return exit.done

  async function seenInTraining(path: string): Promise<ReturnType<typeof seenIn>> {
    const train = await openScenes(
      scenesRequest(path, { ...reading, split: 'train' }, signal, header),
    )
    try {
      sameNames(path, train.header, header, file)
      const counter = frequencyCounter(header)
      await train.each((scene) => {
        truthOf(scene)
        counter.add(scene)
      })
      return seenIn(counter.table())
    } finally {
      train.close()
    }
  }
}
