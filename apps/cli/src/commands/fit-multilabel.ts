import { basename } from 'node:path'
import { counted, type Json } from '@nonconvex/optim/claims'
import {
  labelsOf,
  multilabelDefaults,
  multilabelTraining,
  type MultilabelData,
  type MultilabelNetwork,
  type MultilabelNetworkOptions,
  type MultilabelTraining,
  type MultilabelTrainingOptions,
} from '@nonconvex/structured/multilabel'
import { ShapeError, stream } from '@nonconvex/tensor'
import { fitMultilabelCommand, type FitMultilabelFlags } from '../command-line/data-commands.js'
import { commandText } from '../command-line/declaration.js'
import { badInput, exit, interrupted, unfinished } from '../exit.js'
import { openFolder } from '../files/out-folder.js'
import { keptFlags } from '../fit/kept-flags.js'
import type { Host } from '../host.js'
import { layersForm, layersNames } from '../models/layers-form.js'
import { modelFiles, modelNames, weightsFile, writtenModel } from '../models/model-folder.js'
import { hintSaved, warnTrainedOn } from '../models/model-notes.js'
import {
  multilabelKind,
  networkTensors,
  type MultilabelRecord,
} from '../models/multilabel-document.js'
import { invalidTraining, trainingFile, type TrainingOf } from '../models/training-file.js'
import {
  readMultilabelCheckpoint,
  writeMultilabelCheckpoint,
  type MultilabelCheckpoint,
} from '../multilabel/checkpoint.js'
import {
  multilabelPage,
  multilabelSummary,
  multilabelTables,
} from '../multilabel/multilabel-page.js'
import { openMultilabel } from '../multilabel/open-multilabel.js'
import { multilabelScores } from '../multilabel/scores.js'
import { printDocument } from '../terminal/print-tables.js'
import type { Terminal } from '../terminal/terminal.js'

/** `nonconvex fit multilabel DATA`: a network that predicts sets of labels. */
export async function fitMultilabel(
  host: Host,
  terminal: Terminal,
  path: string,
  flags: FitMultilabelFlags,
): Promise<number> {
  const { out, force = false, resume = false, test, seed } = flags
  const folder =
    out === undefined
      ? undefined
      : openFolder({
          path: out,
          kind: 'model',
          holds: multilabelKind,
          resume,
          force,
          writes: [...modelNames, ...layersNames],
        })
  try {
    const { signal } = host
    const { data, format, sha256 } = await openMultilabel({ ...flags, path, signal })
    const tested =
      test === undefined
        ? undefined
        : await openMultilabel({ path: test, format: flags.format, signal, known: data })
    const options = {
      hidden: flags.hidden ?? multilabelDefaults.hidden,
      dropout: flags.dropout ?? multilabelDefaults.dropout,
      epochs: flags.epochs ?? multilabelDefaults.epochs,
      rate: flags.rate ?? multilabelDefaults.rate,
      batch: flags.batch ?? multilabelDefaults.batch,
      counted: flags.counted ?? multilabelDefaults.counted,
    }
    if (options.dropout === 1)
      throw badInput('flag-value', '--dropout 1: expected less than 1, as no unit would be left')
    const { network, loss } = await trained(data, sha256, options)
    terminal.redraw('')
    const sizes = Array.from({ length: data.rows }, (_, r) => labelsOf(data, r).length)
    const counts = Array.from({ length: Math.max(...sizes) + 1 }, () => 0)
    for (const size of sizes) counts[size]++
    const never = data.labels.length - new Set(data.y.index).size
    const onItself = tested?.sha256 === sha256
    const fields: { readonly [name: string]: Json } = {
      parameters: { ...options, seed },
      labels: [...data.labels],
      features: [...data.features],
      flags: keptFlags(fitMultilabelCommand, flags),
      training: {
        data: { file: basename(path), format, sha256, rows: data.rows, counts, never },
        loss,
        ...(tested && {
          tested: {
            file: basename(test ?? ''),
            sha256: tested.sha256,
            trainedOn: onItself,
            scores: multilabelScores(network, tested.data),
          },
        }),
      },
      versions: { nonconvex: host.version },
    }
    const made = writtenModel(multilabelKind, fields, (document) =>
      weightsFile(networkTensors(network), document),
    )
    const record = made.document as unknown as MultilabelRecord
    // model.json comes last: where it is, everything is
    folder?.install(new Map([...layersForm(network), ...modelFiles(made, multilabelPage(record))]))
    printDocument(
      {
        document: made.document,
        heading: path,
        summary: multilabelSummary(record),
        tables: multilabelTables(record),
      },
      terminal,
      flags,
    )
    if (onItself) warnTrainedOn(terminal, 'examples')
    if (never > 0)
      terminal.warn({
        code: 'labels-rare',
        text: `${counted(never, 'label')} never ${never === 1 ? 'occurs' : 'occur'} in ${path}; ${never === 1 ? 'it is' : 'they are'} kept, and hardly ever predicted`,
      })
    if (test === undefined)
      terminal.hint('--test DATA measures F1 by decoder and the calibration of the count')
    hintSaved(host, terminal, flags)
    return exit.done
  } finally {
    terminal.redraw('')
    folder?.release()
  }

  /** Trains for all epochs, from the checkpoint if there is one. */
  async function trained(
    data: MultilabelData,
    sha256: string,
    options: Required<Omit<MultilabelNetworkOptions, 'stream' | 'watch'>>,
  ): Promise<{ readonly network: MultilabelNetwork; readonly loss: number[] }> {
    const { signal, clock } = host
    const of: TrainingOf = { ...options, seed, data: sha256, version: host.version }
    const kept = folder?.keptPath(trainingFile)
    const from = kept && resume ? readMultilabelCheckpoint(kept, of, out ?? '') : undefined
    const { network, epoch, state } = training(data, { ...options, stream: stream(seed) }, from)
    const loss = [...(from?.loss ?? [])]
    if (from) terminal.hint(`resuming after epoch ${loss.length} of ${options.epochs}`)
    let saved = clock()
    const keep = (): void => {
      if (kept !== undefined) writeMultilabelCheckpoint(kept, of, { state: state(), loss })
      saved = clock()
    }
    for (let e = loss.length + 1; e <= options.epochs; e++) {
      const found = epoch()
      if (!Number.isFinite(found))
        throw unfinished(
          'training-diverged',
          `training diverged (NaN or infinity) in epoch ${e}; use a smaller --rate than ${options.rate}`,
        )
      loss.push(found)
      terminal.redraw(
        `training: epoch ${e} of ${options.epochs}; training loss ${found.toFixed(3)}`,
      )
      if (clock() - saved >= CHECKPOINT_SECONDS) keep()
      // a signal is seen between two turns of the loop of events
      await new Promise((go) => setImmediate(go))
      if (!signal.aborted) continue
      if (kept === undefined)
        throw interrupted(
          'interrupted; nothing was saved; with --out MODEL a checkpoint is written, and --resume continues',
        )
      keep()
      const again = commandText(
        fitMultilabelCommand,
        [path],
        { ...flags, resume: true },
        host.program,
      )
      throw interrupted(
        `interrupted; the checkpoint of epoch ${e} of ${options.epochs} is saved; continue with\n  ${again}`,
      )
    }
    return { network, loss }
  }

  function training(
    data: MultilabelData,
    options: MultilabelTrainingOptions,
    from: MultilabelCheckpoint | undefined,
  ): MultilabelTraining {
    try {
      return multilabelTraining(data, { ...options, ...(from && { resume: from.state }) })
    } catch (error) {
      if (from && error instanceof ShapeError)
        throw invalidTraining(out ?? '', error.message, error)
      throw error
    }
  }
}

/** A training that is killed loses at most the epochs of so many seconds. */
const CHECKPOINT_SECONDS = 5
