import type { MeasuredTask } from '../scenes/tasks.js'
import { basename } from 'node:path'
import type { Table } from '@nonconvex/experiments'
import type { Figure } from '@nonconvex/experiments/figure'
import { type Json, counted } from '@nonconvex/optim/claims'
import { networkPredictor } from '@nonconvex/structured/network'
import type { SceneTask } from '@nonconvex/structured/recall'
import { exit, interrupted } from '../exit.js'
import { openFolder, type OutFolder } from '../files/out-folder.js'
import type { Host } from '../host.js'
import { modelFiles, modelHead } from '../models/model-folder.js'
import { scenesKind } from '../models/scenes-document.js'
import { weightsFile } from '../models/written-together.js'
import { readCheckpoint, writeCheckpoint, type TrainingOf } from '../scenes/checkpoint.js'
import { countScenes, factsTable, type CountedScenes } from '../scenes/count-scenes.js'
import { networkPrefix, parameterTensors } from '../scenes/network-model.js'
import { networkOptions, optionsJson, type NetworkOptions } from '../scenes/network-options.js'
import {
  openScenes,
  repeatedIds,
  sceneFault,
  sameImages,
  type ImagesRead,
} from '../scenes/open-scenes.js'
import { trainedOnThem } from '../scenes/print-scores.js'
import { recallNotes, scoresJson, scoresTable, type NamedScores } from '../scenes/scene-scores.js'
import { refuseUnused, scenesRequest } from '../scenes/scene-flags.js'
import { countTensors, sceneModels } from '../scenes/scene-models.js'
import { scenesPage } from '../scenes/scenes-page.js'
import { comparedWithFrequency, compareOn, comparison } from '../scenes/compare-predictors.js'
import { trainNetwork, type TrainedNetwork } from '../scenes/train-network.js'
import { trainingWarnings } from '../scenes/training-warnings.js'
import { trainingFigure, trainingJson, trainingTable } from '../scenes/training-report.js'
import { tableLines } from '../terminal/tables.js'
import type { Terminal } from '../terminal/terminal.js'
import type { ShownTable } from '../text/prose.js'
import { formatNumber } from '../text/numbers.js'
import { commandText, shellWord } from '../command-line/declaration.js'
import { fitScenesCommand, type FitScenesFlags } from '../command-line/data-commands.js'

const itself = `--test: ${trainedOnThem[0].toLowerCase()}${trainedOnThem.slice(1)}`

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
      : openFolder({ path: out, kind: 'model', holds: scenesKind, resume, force })
  try {
    const opened = await openScenes({
      ...scenesRequest(data, { ...flags, split: flags.split ?? 'train' }, host.signal),
      ...(flags.classes !== undefined && { classes: flags.classes }),
      ...(flags.predicates !== undefined && { predicates: flags.predicates }),
      ...(flags.without && { without: flags.without }),
    })
    refuseUnused(opened.format, { ...flags })
    const scenes = await countScenes(data, opened, terminal, options !== undefined)
    const { read, table } = scenes
    const made: Required<ImagesRead> = { sha256: opened.digest(), part: opened.part }
    const trained =
      options && (await network(options, scenes, folder, made, flags.inclusive ?? opened.inclusive))
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
            { table, data, predictors: comparedWithFrequency(table, predictor, model) },
            flags,
          )
    const scores = tested?.scores
    const onItself = tested !== undefined && sameImages(tested.read, made)
    const { classes, predicates } = opened.header
    const document: { readonly [name: string]: Json } = {
      parameters: options && trained ? optionsJson(options, trained.task) : { model },
      classes: [...classes],
      predicates: [...predicates],
      training: {
        data: {
          file: basename(data),
          format: opened.format,
          ...made,
          ...read,
          dropped: Object.fromEntries(opened.dropped),
        },
        ...(trained && { network: trainingJson(trained) }),
        ...(tested && {
          tested: {
            file: basename(test ?? ''),
            ...tested.read,
            task: tested.tasks.join(', '),
            trainedOn: onItself,
          },
        }),
        ...(scores && { test: scoresJson(scores[0].scores) }),
        ...(scores && trained && { baseline: scoresJson(scores[1].scores) }),
      },
      versions: { nonconvex: host.version },
    }
    const weights = weightsFile(
      {
        ...countTensors(table),
        ...(trained && parameterTensors(trained.checkpoint.best.state.parameters, networkPrefix)),
      },
      document,
    )
    const about = sceneModels.get(model)?.about ?? model
    const summary = `${counted(read.images, 'image')} with ${counted(read.boxes, 'box', 'boxes')} of ${counted(classes.length - 1, 'class', 'classes')} and ${counted(read.relations, 'relation')} of ${counted(predicates.length - 1, 'predicate')}. The model, ${model}: ${about}.`
    const tables: readonly ShownTable[] = [
      factsTable(read, table, opened.dropped),
      ...(trained ? [trainingTable(trained)] : []),
      ...(tested ? [scoresTable(tested.scores, tested)] : trained ? [validTable(trained)] : []),
    ]
    const inclusive = flags.inclusive ?? opened.inclusive
    const notes = tested
      ? recallNotes(tested.scores, tested)
      : trained
        ? recallNotes(trained.onValid, { tasks: trained.validTasks, inclusive })
        : []
    const figures: readonly Figure[] = trained ? [trainingFigure(trained)] : []
    const page = scenesPage({
      title: `Scene graphs of ${basename(data)}`,
      summary: onItself ? [summary, itself] : [summary],
      tables,
      notes,
      figures,
      version: host.version,
      commands: [
        // as it is without an interruption
        commandText(fitScenesCommand, [data], { ...flags, resume: false }),
        `nonconvex evaluate ${shellWord(out ?? 'MODEL')} DATA`,
      ],
    })
    folder?.install(modelFiles(document, scenesKind, weights, page))
    if (flags.json) {
      const head = modelHead(scenesKind, weights, page)
      terminal.json(JSON.stringify({ ...head, ...document }, null, 2))
    } else {
      terminal.print(terminal.style.strong(data))
      terminal.print(summary)
      for (const each of tables) {
        terminal.print()
        for (const line of tableLines(each, terminal)) terminal.print(line)
      }
    }
    if (onItself) terminal.warn({ code: 'trained-on-test', text: itself })
    for (const warning of trained ? trainingWarnings(trained) : []) terminal.warn(warning)
    if (opened.repeated() > 0) terminal.warn(repeatedIds(opened.repeated()))
    if (read.odd > 0)
      terminal.warn({
        code: 'boxes-odd',
        text: `${counted(read.odd, 'box', 'boxes')} outside the image or without area ${read.odd === 1 ? 'was' : 'were'} kept`,
      })
    for (const [what, times] of opened.dropped)
      terminal.warn({ code: 'dropped', text: `dropped: ${what}, ${times}` })
    terminal.hint(
      out === undefined
        ? 'nothing was written; --out MODEL saves the model'
        : `written to ${out}; report: ${out}/index.html; use it with\n  ${host.program} predict ${shellWord(out)} DATA\n  ${host.program} evaluate ${shellWord(out)} DATA`,
    )
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
    const path = kept?.keptPath('training.safetensors')
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

function validTable({ onValid, valid, validTasks }: Trained): Table {
  const on = `the ${counted(valid.length, 'validation image')}, with the frequencies of the others (--test evaluates held-out images)`
  return scoresTable(onValid, { tasks: validTasks, on })
}
