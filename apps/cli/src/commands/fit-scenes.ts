import type { MeasuredTask } from '../scenes/tasks.js'
import { basename } from 'node:path'
import { type Json, counted } from '@nonconvex/optim/claims'
import { networkPredictor } from '@nonconvex/structured/network'
import type { SceneTask } from '@nonconvex/structured/recall'
import { exit, interrupted } from '../exit.js'
import { keptFlags } from '../fit/kept-flags.js'
import { openFolder, type OutFolder } from '../files/out-folder.js'
import type { Host } from '../host.js'
import { modelFiles, modelNames, weightsFile, writtenModel } from '../models/model-folder.js'
import { hintSaved } from '../models/model-notes.js'
import { scenesKind } from '../models/scenes-document.js'
import { trainingFile, type TrainingOf } from '../models/training-file.js'
import { readCheckpoint, writeCheckpoint } from '../scenes/checkpoint.js'
import { countScenes, type CountedScenes } from '../scenes/count-scenes.js'
import { networkPrefix, parameterTensors } from '../scenes/network-model.js'
import { networkOptions, optionsJson, type NetworkOptions } from '../scenes/network-options.js'
import {
  openScenes,
  repeatedIds,
  sceneFault,
  sameImages,
  type ImagesRead,
} from '../scenes/open-scenes.js'
import { scoresJson, type NamedScores } from '../scenes/scene-scores.js'
import { refuseUnused, scenesRequest } from '../scenes/scene-flags.js'
import { countTensors } from '../scenes/scene-models.js'
import {
  scenesPage,
  scenesSummary,
  scenesTables,
  taskText,
  testedOnItself,
  testedOnShared,
} from '../scenes/scenes-page.js'
import type { ScenesRecord } from '../scenes/scenes-record.js'
import { comparedWithFrequency, compareOn, comparison } from '../scenes/compare-predictors.js'
import { trainNetwork, type TrainedNetwork } from '../scenes/train-network.js'
import { trainingWarnings } from '../scenes/training-warnings.js'
import { trainingJson } from '../scenes/training-report.js'
import { printDocument } from '../terminal/print-tables.js'
import type { Terminal } from '../terminal/terminal.js'
import { formatNumber } from '../text/numbers.js'
import { commandText } from '../command-line/declaration.js'
import { fitScenesCommand, type FitScenesFlags } from '../command-line/data-commands.js'

/** A trained network, and its recall on the validation images. */
interface Trained extends TrainedNetwork {
  readonly task: SceneTask
  readonly seed: number
  readonly onValid: readonly NamedScores[]
  readonly validTasks: readonly MeasuredTask[]
}

/** `nonconvex fit scenes DATA`: a predictor of scene graphs from annotated images. */
export async function fitScenes(
  host: Host,
  terminal: Terminal,
  data: string,
  flags: FitScenesFlags,
): Promise<number> {
  const { model, out, force = false, resume = false, test } = flags
  const options = networkOptions(model, flags)
  const folder =
    out === undefined
      ? undefined
      : openFolder({
          path: out,
          kind: 'model',
          holds: scenesKind,
          resume,
          force,
          writes: modelNames,
        })
  try {
    const opened = await openScenes({
      ...scenesRequest(data, { ...flags, split: flags.split ?? 'train' }, host.signal),
      ...(flags.classes !== undefined && { classes: flags.classes }),
      ...(flags.predicates !== undefined && { predicates: flags.predicates }),
      ...(flags.without && { without: flags.without }),
    })
    refuseUnused(opened.format, { ...flags })
    const scenes = await countScenes(
      data,
      opened,
      terminal,
      options !== undefined,
      test !== undefined,
    )
    const { read, table, keys } = scenes
    const source: Required<ImagesRead> = { sha256: opened.digest(), part: opened.part }
    const trained =
      options &&
      (await network(options, scenes, folder, source, flags.inclusive ?? opened.inclusive))
    const predictor = trained && networkPredictor(trained.network, table, trained.task)
    const tested =
      test === undefined
        ? undefined
        : await compareOn(
            test,
            await openScenes({
              ...scenesRequest(test, { ...flags, split: 'test' }, host.signal, table),
              splitFlag: undefined,
            }),
            { table, data, keys, predictors: comparedWithFrequency(table, predictor, model) },
            flags,
          )
    const scores = tested?.scores
    const onItself = tested !== undefined && sameImages(tested.read, source)
    const { classes, predicates } = opened.header
    const inclusive = flags.inclusive ?? opened.inclusive
    const fields: { readonly [name: string]: Json } = {
      parameters: options && trained ? optionsJson(options, trained.task) : { model },
      classes: [...classes],
      predicates: [...predicates],
      flags: keptFlags(fitScenesCommand, flags),
      training: {
        data: {
          file: basename(data),
          format: opened.format,
          ...source,
          ...read,
          triplets: table.triplets.length / 4,
          dropped: Object.fromEntries(opened.dropped),
        },
        ...(trained && {
          network: {
            ...trainingJson(trained),
            ...(tested === undefined && {
              validation: {
                task: trained.validTasks.join(', '),
                inclusive,
                test: scoresJson(trained.onValid[0].scores),
                baseline: scoresJson(trained.onValid[1].scores),
              },
            }),
          },
        }),
        ...(tested && {
          tested: {
            file: basename(test ?? ''),
            ...tested.read,
            task: tested.tasks.join(', '),
            inclusive: tested.inclusive,
            trainedOn: onItself,
            ...(!onItself && tested.shared && { shared: { ...tested.shared } }),
          },
        }),
        ...(scores && { test: scoresJson(scores[0].scores) }),
        ...(scores && trained && { baseline: scoresJson(scores[1].scores) }),
      },
      versions: { nonconvex: host.version },
    }
    const made = writtenModel(scenesKind, fields, (document) =>
      weightsFile(
        {
          ...countTensors(table),
          ...(trained && parameterTensors(trained.checkpoint.best.state.parameters, networkPrefix)),
        },
        document,
      ),
    )
    // all that is shown is in the document: verify draws the page once more
    const record = made.document as unknown as ScenesRecord
    folder?.install(modelFiles(made, scenesPage(record)))
    printDocument(
      {
        document: made.document,
        heading: data,
        summary: scenesSummary(record),
        tables: scenesTables(record),
      },
      terminal,
      flags,
    )
    const asked = !flags.json && flags.tables === 'table' ? taskText(record) : undefined
    if (asked !== undefined) {
      terminal.print()
      terminal.paragraph(asked, '  ')
    }
    if (onItself) terminal.warn({ code: 'trained-on-test', text: testedOnItself })
    else if (test !== undefined && tested?.shared)
      terminal.warn({ code: 'examples-shared', text: testedOnShared(test, data, tested.shared) })
    for (const warning of trained ? trainingWarnings(trained) : []) terminal.warn(warning)
    if (opened.repeated() > 0) terminal.warn(repeatedIds(opened.repeated()))
    if (read.odd > 0)
      terminal.warn({
        code: 'boxes-odd',
        text: `${counted(read.odd, 'box', 'boxes')} outside the image or without area ${read.odd === 1 ? 'was' : 'were'} kept`,
      })
    for (const [what, times] of opened.dropped)
      terminal.warn({ code: 'dropped', text: `dropped: ${what}, ${formatNumber(times)}` })
    hintSaved(host, terminal, flags)
    return exit.done
  } finally {
    terminal.redraw('')
    folder?.release()
  }

  /** Trains on the scenes, from the checkpoint if there is one. */
  async function network(
    options: NetworkOptions,
    { table, scenes, detected }: CountedScenes,
    kept: OutFolder | undefined,
    { sha256, part }: Required<ImagesRead>,
    inclusive: boolean,
  ): Promise<Trained> {
    const task = flags.task ?? (detected ? 'sgcls' : 'predcls')
    const of: TrainingOf = {
      ...optionsJson(options, task),
      data: sha256,
      part,
      version: host.version,
    }
    const path = kept?.keptPath(trainingFile)
    const from = path && flags.resume ? readCheckpoint(path, of, kept?.path ?? '') : undefined
    let saved = from?.step
    try {
      const { signal, clock } = host
      const trained = await trainNetwork(
        {
          options,
          task,
          table,
          scenes,
          resume: from,
          keep: (checkpoint) => {
            if (path !== undefined) writeCheckpoint(path, of, checkpoint)
            saved = checkpoint.step
          },
        },
        { signal, terminal, clock },
      )
      if (trained.status === 'aborted') throw stopped(saved, trained.steps)
      const without = trained.validCounts
      const predictor = networkPredictor(trained.network, table, task, without)
      const predictors = comparedWithFrequency(table, predictor, model, without)
      const valid = comparison({ table, inclusive, predictors })
      for (const scene of trained.valid) await valid.add(scene, {})
      return {
        ...trained,
        task,
        seed: options.seed,
        onValid: valid.result(),
        validTasks: valid.tasks(),
      }
    } catch (error) {
      throw sceneFault(data, error)
    }
  }

  function stopped(saved: number | undefined, steps: number): Error {
    if (out === undefined)
      return interrupted(
        'interrupted; nothing was saved; with --out MODEL checkpoints are written, and --resume continues',
      )
    // without a checkpoint there is nothing to resume
    const kept = saved !== undefined
    const again = commandText(fitScenesCommand, [data], { ...flags, resume: kept }, host.program)
    return interrupted(
      saved === undefined
        ? `interrupted before the first evaluation; no checkpoint was written; start over with\n  ${again}`
        : `interrupted; the checkpoint of step ${formatNumber(saved)} of ${formatNumber(steps)} is saved; continue with\n  ${again}`,
    )
  }
}
