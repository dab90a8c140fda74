import { basename } from 'node:path'
import { counted, type Json } from '@nonconvex/optim/claims'
import {
  chainCrf,
  chainProblem,
  perceptronPasses,
  type TrainingProgress,
} from '@nonconvex/structured/learning'
import { featureNumbers, featureTemplates, sequenceFeatures } from '@nonconvex/structured/sequences'
import { stream } from '@nonconvex/tensor'
import { fitSequencesCommand, type FitSequencesFlags } from '../command-line/sequences-command.js'
import { badInput, exit, interrupted } from '../exit.js'
import { openFolder } from '../files/out-folder.js'
import { keptFlags } from '../fit/kept-flags.js'
import type { Host } from '../host.js'
import { modelFiles, modelNames, weightsFile, writtenModel } from '../models/model-folder.js'
import { hintSaved, warnTrainedOn } from '../models/model-notes.js'
import {
  sequencesKind,
  sequenceTensors,
  type SequencesRecord,
} from '../models/sequences-document.js'
import { scoreSequences } from '../sequences/label-sequences.js'
import { labelsOf, openForModel, openTraining, schemeOf } from '../sequences/open-sequences.js'
import { separability } from '../sequences/separability.js'
import { sequenceDefaults } from '../sequences/sequence-models.js'
import { recordTables, sequencesPage, sequencesSummary } from '../sequences/sequences-page.js'
import { printDocument } from '../terminal/print-tables.js'
import type { Terminal } from '../terminal/terminal.js'
import { formatNumber } from '../text/numbers.js'

const objectives = { crf: 'likelihood', m3n: 'margin' } as const

/** Warns about test labels that no training sequence has. */
export function warnUnknown(terminal: Terminal, path: string, unknown: number): void {
  if (unknown > 0)
    terminal.warn({
      code: 'labels-unknown',
      text: `${path}: ${counted(unknown, 'token')} ${unknown === 1 ? 'has a label' : 'have labels'} that no training sequence has; counted as errors`,
    })
}

/** `nonconvex fit sequences DATA`: labels of tokens from whole sequences. */
export async function fitSequences(
  host: Host,
  terminal: Terminal,
  path: string,
  flags: FitSequencesFlags,
): Promise<number> {
  const { out, force = false, test, seed, delta, model } = flags
  const folder =
    out === undefined
      ? undefined
      : openFolder({
          path: out,
          kind: 'model',
          holds: sequencesKind,
          resume: false,
          force,
          writes: modelNames,
        })
  /** Makes all steps of a training; other events are seen between two of them. */
  const finish = async <T>(what: string, steps: Generator<TrainingProgress, T>): Promise<T> => {
    let at = steps.next()
    while (at.done !== true) {
      const { iteration, left } = at.value
      terminal.redraw(`${what}: ${iteration}; ${formatNumber(left, 2)} left`)
      await new Promise((resolve) => setImmediate(resolve))
      if (host.signal.aborted) throw interrupted('interrupted; nothing was written')
      at = steps.next()
    }
    terminal.redraw('')
    return at.value
  }
  try {
    const { signal } = host
    const opened = await openTraining(path, flags, signal)
    const truth = labelsOf(path, opened)
    const scheme = schemeOf(path, opened, flags.scheme)
    const labels = [...new Set(truth.flat())].sort()
    if (labels.length < 2)
      throw badInput(
        'data-invalid',
        `${path}: expected two labels or more in column ${opened.columns.label}, got only ${JSON.stringify(labels[0])}; --label N names another column`,
      )
    const tested = test === undefined ? undefined : await openForModel(test, opened.columns, signal)
    const testLabels = tested && labelsOf(test ?? '', tested)
    if (tested) schemeOf(test ?? '', tested, scheme)
    const templates = [...(flags.features ?? featureTemplates)]
    const numbers = featureNumbers(opened.tokens, templates)
    if (numbers.size === 0)
      throw badInput(
        'data-invalid',
        `--features ${templates.join()}: expected templates with a feature, got none for ${path}; add word`,
      )
    const sizes = { states: labels.length, features: numbers.size }
    const at = new Map(labels.map((label, a) => [label, a]))
    const data = opened.tokens.map((tokens, n) => ({
      x: sequenceFeatures(tokens, templates, numbers),
      y: truth[n].map((label) => at.get(label) ?? 0),
    }))
    const n = data.length
    const lambda = flags.lambda ?? 1 / n
    const { tol = sequenceDefaults[model].tol, iterations = sequenceDefaults[model].iterations } =
      flags
    const left: number[] = []
    const crf = chainCrf(sizes)
    const problem = chainProblem(data, sizes)
    // by index, the perceptron's weights are those of the updated sequences alone
    const perceptron = (passes: number) => perceptronPasses(problem, { passes })
    const fit =
      model === 'perceptron'
        ? undefined
        : await finish(
            'training',
            noted(
              crf.training(data, {
                objective: objectives[model],
                lambda,
                tol,
                maxIterations: iterations,
                ...(model === 'm3n' && { stream: stream(seed) }),
              }),
              left,
            ),
          )
    const found = fit
      ? await finish('separability', perceptron(sequenceDefaults.perceptron.iterations))
      : await finish('training', noted(perceptron(iterations), left))
    const others = fit ? [fit.w] : []
    const separable = await finish('margin', separability(problem, found, others, delta))
    const labeler = {
      predictor: fit ?? crf.withWeights(found.w),
      numbers,
      record: { labels, scheme, parameters: { templates } },
    }
    const own = scoreSequences(labeler, opened, truth)
    const onItself = tested?.sha256 === opened.sha256
    const onTest = tested && testLabels && scoreSequences(labeler, tested, testLabels)
    const fields = {
      parameters: {
        model,
        lambda: model === 'perceptron' ? null : lambda,
        tol,
        iterations,
        seed,
        delta,
        templates,
      },
      labels,
      scheme,
      columns: opened.columns,
      flags: keptFlags(fitSequencesCommand, flags),
      training: {
        data: {
          file: basename(path),
          sha256: opened.sha256,
          sequences: n,
          tokens: own.scores.tokens,
          features: numbers.size,
        },
        fit: {
          converged: (fit ?? found).status === 'converged',
          iterations: fit?.iterations ?? found.passes,
          objective: fit?.objective ?? null,
          certificate: fit?.certificate ?? null,
          left,
        },
        ...(separable && { separable }),
        scores: own.scores,
        ...(tested &&
          onTest && {
            tested: {
              file: basename(test ?? ''),
              sha256: tested.sha256,
              trainedOn: onItself,
              scores: onTest.scores,
            },
          }),
      },
      versions: { nonconvex: host.version },
    } as unknown as { readonly [name: string]: Json }
    const made = writtenModel(sequencesKind, fields, (document) =>
      weightsFile(sequenceTensors((fit ?? found).w, numbers), document),
    )
    const record = made.document as unknown as SequencesRecord
    folder?.install(modelFiles(made, sequencesPage(record)))
    printDocument(
      {
        document: made.document,
        heading: path,
        summary: sequencesSummary(record),
        tables: recordTables(record),
      },
      terminal,
      flags,
    )
    if (onTest) warnUnknown(terminal, test ?? '', onTest.unknown)
    if (onItself) warnTrainedOn(terminal, 'sequences')
    if (test === undefined)
      terminal.hint('--test DATA measures accuracy and, of tags, F1 of entities')
    hintSaved(host, terminal, flags)
    return exit.done
  } finally {
    terminal.redraw('')
    folder?.release()
  }
}

/** The same steps; what is left after each is kept. */
function* noted<T>(
  steps: Generator<TrainingProgress, T>,
  left: number[],
): Generator<TrainingProgress, T> {
  let at = steps.next()
  while (at.done !== true) {
    if (Number.isFinite(at.value.left)) left.push(at.value.left)
    yield at.value
    at = steps.next()
  }
  return at.value
}
