import { counted } from '@nonconvex/optim/claims'
import { join } from 'node:path'
import {
  rankTriplets,
  type Relation,
  type ScenePrediction,
  type SceneTask,
} from '@nonconvex/structured/recall'
import { scenePicture } from '@nonconvex/structured/picture'
import {
  exchangeHeader,
  predictionLine,
  SceneDataError,
  type AnnotatedScene,
  type Vocabulary,
} from '@nonconvex/structured/load'
import { exit } from '../exit.js'
import { writeAtomically } from '../files/atomic.js'
import { fileName, checkPicturesFolder } from '../files/out-folder.js'
import { openSink } from '../files/text-sink.js'
import type { Host } from '../host.js'
import { openScenes, repeatedIds, sameNames, sceneFault } from '../scenes/open-scenes.js'
import { refuseUnused, scenesRequest, taskOf } from '../scenes/scene-flags.js'
import type { Terminal } from '../terminal/terminal.js'
import type { PredictFlags } from '../command-line/data-commands.js'
import { modelPaths, type LoadedModel } from '../models/model-folder.js'
import { openScenesModel } from '../models/scenes-document.js'

/** Images that are drawn unless another number is asked for, and relations drawn in each. */
const PICTURES = 20
const ARROWS = 8

/**
 * `nonconvex predict` with a model of scene graphs: a line for each image in the exchange format,
 * with the score of every predicate of every pair that is not 0; and pictures of the first images.
 */
export async function predictScenes(
  host: Host,
  terminal: Terminal,
  loaded: LoadedModel,
  data: string,
  flags: PredictFlags,
): Promise<number> {
  const { predictor, document } = openScenesModel(loaded)
  const { out, force = false, json = false, pictures } = flags
  if (pictures !== undefined) checkPicturesFolder(pictures, force)
  const scenes = await openScenes(scenesRequest(data, flags, host.signal, predictor))
  try {
    refuseUnused(scenes.format, { split: flags.split, integerBoxes: flags.integerBoxes })
    sameNames(data, scenes.header, predictor, 'the model')
    const inputs = [...scenes.paths, ...modelPaths(loaded.path)]
    const sink = openSink(out, { stdout: host.stdout, force, inputs })
    let images = 0
    try {
      const { classes, predicates } = predictor
      let asked: SceneTask | undefined
      // written with the first image, which determines the task: refused input leaves no file
      const opening = (): string => {
        const task = asked === undefined ? {} : { task: asked }
        const { sha256, part } = document.training.data
        const { dataset, split } = scenes.header
        const header = exchangeHeader({
          dataset,
          split,
          classes,
          predicates,
          ...task,
          // older models do not record it
          ...(part !== undefined && { trained: { sha256, part } }),
        })
        return json
          ? `{"schema":"nonconvex/predictions@1","kind":"scenes","header":${header},"predictions":[`
          : `${header}\n`
      }
      await scenes.each(async (scene) => {
        const task = taskOf(scene, flags, predictor)
        asked ??= task
        if (task !== asked)
          throw new SceneDataError(
            { image: scene.id },
            `expected one task for all images, got ${asked} before and ${task} here, as classes are ${task === 'sgcls' ? 'missing' : 'given'}; --task sgcls predicts them from objectLogits everywhere`,
          )
        const prediction = await predictor.predict(scene, task)
        const line = JSON.stringify(predictionLine(scene, prediction))
        const head = images === 0 ? opening() : ''
        await sink.write(head + (json ? `${images === 0 ? '' : ','}\n${line}` : `${line}\n`))
        if (pictures !== undefined && images < PICTURES)
          draw(pictures, images + 1, scene, prediction, predictor)
        images++
      })
      await sink.write((images === 0 ? opening() : '') + (json ? '\n]}\n' : ''))
      sink.close()
      if (asked !== undefined)
        terminal.hint(
          asked === 'predcls'
            ? 'predcls: classes are given by DATA; --task sgcls predicts them from objectLogits'
            : 'sgcls: classes are predicted from objectLogits',
        )
    } finally {
      sink.release()
    }
    terminal.hint(`${counted(images, 'image')}${out === undefined ? '' : `; written to ${out}`}`)
    if (pictures !== undefined)
      terminal.hint(
        `pictures of the first ${counted(Math.min(images, PICTURES), 'image')} in ${pictures}`,
      )
    if (scenes.repeated() > 0) terminal.warn(repeatedIds(scenes.repeated()))
    for (const [what, times] of scenes.dropped)
      terminal.warn({ code: 'dropped', text: `dropped: ${what}, ${times}` })
    return exit.done
  } catch (error) {
    throw sceneFault(data, error)
  } finally {
    scenes.close()
  }
}

/** Draws the highest-scoring relations of an image, and the annotated ones. */
function draw(
  folder: string,
  number: number,
  scene: AnnotatedScene,
  prediction: ScenePrediction,
  names: Vocabulary,
): void {
  const name = `${String(number).padStart(3, '0')}-${fileName(String(scene.id)).slice(0, 80)}`
  const best = rankTriplets(prediction, true, ARROWS).filter(({ score }) => score > 0)
  const relations = best.map(({ s, o, p }): Relation => [s, o, p])
  const { id, width, height } = scene
  const { boxes, classes } = prediction
  writeAtomically(
    join(folder, `${name}-predicted.svg`),
    scenePicture({ id, width, height, boxes, classes }, names, {
      relations,
      title: `${id}: predicted`,
    }),
  )
  if (scene.classes !== undefined && scene.relations !== undefined)
    writeAtomically(
      join(folder, `${name}-annotated.svg`),
      scenePicture(scene, names, { title: `${id}: annotated` }),
    )
}
