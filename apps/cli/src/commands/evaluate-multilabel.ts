import type { ModelEvaluationFlags } from '../command-line/data-commands.js'
import { exit } from '../exit.js'
import type { Host } from '../host.js'
import type { LoadedModel } from '../models/model-folder.js'
import { warnTrainedOn } from '../models/model-notes.js'
import { openMultilabelModel } from '../models/multilabel-document.js'
import { openMultilabel } from '../multilabel/open-multilabel.js'
import { calibrationTable, multilabelScores, scoresTable } from '../multilabel/scores.js'
import { onlyScenes, refuseFlags } from '../scenes/scene-flags.js'
import { printTables } from '../terminal/print-tables.js'
import type { Terminal } from '../terminal/terminal.js'

/** `nonconvex evaluate` with a multilabel model: F1 by decoder, and calibration of the count. */
export async function evaluateMultilabel(
  host: Host,
  terminal: Terminal,
  loaded: LoadedModel,
  path: string,
  flags: ModelEvaluationFlags,
): Promise<number> {
  const { record, network } = openMultilabelModel(loaded)
  refuseFlags({ ...flags }, [...onlyScenes, 'label', 'labels'], 'other models')
  const { format } = flags
  const { data, sha256 } = await openMultilabel({
    path,
    format,
    signal: host.signal,
    known: record,
  })
  const scores = multilabelScores(network, data)
  const trainedOn = sha256 === record.training.data.sha256
  if (flags.json)
    terminal.json(
      JSON.stringify(
        { schema: 'nonconvex/evaluation@1', kind: 'multilabel', trainedOn, ...scores },
        null,
        2,
      ),
    )
  else printTables([scoresTable(scores), calibrationTable(scores)], terminal, flags.tables)
  if (trainedOn) warnTrainedOn(terminal, 'examples', path)
  return exit.done
}
