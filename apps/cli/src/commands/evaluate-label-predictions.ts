import type { EvaluateFlags } from '../command-line/data-commands.js'
import { exit } from '../exit.js'
import type { Host } from '../host.js'
import { openPredictedLabels } from '../multilabel/predicted-labels.js'
import {
  calibrationTable,
  chosenScores,
  chosenTable,
  probabilityScores,
  scoresTable,
} from '../multilabel/scores.js'
import { onlyScenes, refuseFlags } from '../scenes/scene-flags.js'
import { printTables } from '../terminal/print-tables.js'
import type { Terminal } from '../terminal/terminal.js'

/**
 * `nonconvex evaluate --predictions FILE DATA` with multilabel examples: F1 of sets of labels, or by
 * decoder of probabilities, that any program has predicted.
 */
export async function evaluateLabelPredictions(
  host: Host,
  terminal: Terminal,
  file: string,
  path: string,
  flags: EvaluateFlags,
): Promise<number> {
  refuseFlags({ ...flags }, [...onlyScenes, 'train', 'trainSplit'], 'scenes')
  refuseFlags({ ...flags }, ['labels'], 'IDX files')
  const { format, label } = flags
  const { data, predicted } = await openPredictedLabels(file, {
    path,
    format,
    label,
    signal: host.signal,
  })
  const scores = predicted.chosen
    ? chosenScores(predicted.p, data)
    : probabilityScores(predicted.p, data)
  if (flags.json)
    terminal.json(
      JSON.stringify(
        { schema: 'nonconvex/evaluation@1', kind: 'multilabel-predictions', ...scores },
        null,
        2,
      ),
    )
  else {
    const tables =
      'decoders' in scores
        ? [scoresTable(scores), calibrationTable(scores)]
        : [chosenTable(scores), calibrationTable(scores, 'predicted')]
    printTables(tables, terminal, flags.tables)
  }
  return exit.done
}
