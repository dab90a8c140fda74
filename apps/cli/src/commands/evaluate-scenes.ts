import { counted } from '@nonconvex/optim/claims'
import type { MeasuredTask } from '../scenes/tasks.js'
import { exit } from '../exit.js'
import type { Host } from '../host.js'
import { openScenes, repeatedIds, sameNames, sameImages } from '../scenes/open-scenes.js'
import { refuseFlags, refuseUnused, scenesRequest, taskOf } from '../scenes/scene-flags.js'
import { sceneScores } from '../scenes/scene-scores.js'
import { printScores, truthOf, withoutArea } from '../scenes/print-scores.js'
import type { Terminal } from '../terminal/terminal.js'
import type { ModelEvaluationFlags } from '../command-line/data-commands.js'
import type { LoadedModel } from '../models/model-folder.js'
import { openScenesModel } from '../models/scenes-document.js'

/** `nonconvex evaluate` with a model of scene graphs: recall on annotated scenes. */
export async function evaluateScenes(
  host: Host,
  terminal: Terminal,
  loaded: LoadedModel,
  data: string,
  flags: ModelEvaluationFlags,
): Promise<number> {
  refuseFlags({ ...flags }, ['label', 'labels'], 'tables of examples')
  const { predictor, seen, document } = openScenesModel(loaded)
  const scenes = await openScenes(scenesRequest(data, flags, host.signal, predictor))
  try {
    refuseUnused(scenes.format, { split: flags.split, integerBoxes: flags.integerBoxes })
    sameNames(data, scenes.header, predictor, 'the model')
    const inclusive = flags.inclusive ?? scenes.inclusive
    const scores = sceneScores({ predicates: predictor.predicates.length - 1, inclusive, seen })
    const tasks = new Set<MeasuredTask>()
    let [images, areaLess] = [0, 0]
    await scenes.each(async (scene) => {
      const task = taskOf(scene, flags, predictor)
      tasks.add(task)
      const truth = truthOf(scene)
      if (!inclusive) areaLess += withoutArea(truth)
      scores.add({ truth, prediction: await predictor.predict(scene, task) })
      terminal.redraw(counted(++images, 'image'))
    })
    const read = { sha256: scenes.digest(), part: scenes.part }
    printScores(terminal, scores.result(), {
      file: data,
      json: flags.json ?? false,
      tables: flags.tables,
      inclusive,
      images,
      dropped: scenes.dropped,
      tasks: [...tasks].sort(),
      areaLess,
      unseen: 'zero-shot: triplets in none of the training images of the model',
      trainedOn: sameImages(read, document.training.data),
    })
    if (scenes.repeated() > 0) terminal.warn(repeatedIds(scenes.repeated()))
    return exit.done
  } finally {
    terminal.redraw('')
    scenes.close()
  }
}
