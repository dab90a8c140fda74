import { entityF1 } from '@nonconvex/structured/sequences'
import type { ModelEvaluationFlags } from '../command-line/data-commands.js'
import { exit } from '../exit.js'
import type { Host } from '../host.js'
import type { LoadedModel } from '../models/model-folder.js'
import { warnTrainedOn } from '../models/model-notes.js'
import { openSequencesModel } from '../models/sequences-document.js'
import { onlyScenes, refuseFlags } from '../scenes/scene-flags.js'
import { scoreSequences } from '../sequences/label-sequences.js'
import { labelsOf, openForModel, schemeOf } from '../sequences/open-sequences.js'
import { sequenceTables } from '../sequences/sequences-page.js'
import { printTables } from '../terminal/print-tables.js'
import type { Terminal } from '../terminal/terminal.js'
import { warnUnknown } from './fit-sequences.js'

/** `nonconvex evaluate` with a model of sequences: accuracy, and F1 of entities. */
export async function evaluateSequences(
  host: Host,
  terminal: Terminal,
  loaded: LoadedModel,
  path: string,
  flags: ModelEvaluationFlags,
): Promise<number> {
  const model = openSequencesModel(loaded)
  const { record } = model
  refuseFlags({ ...flags }, [...onlyScenes, 'format', 'label', 'labels'], 'other models')
  const opened = await openForModel(path, record.columns, host.signal)
  const labels = labelsOf(path, opened)
  schemeOf(path, opened, record.scheme)
  const { scores, unknown } = scoreSequences(model, opened, labels)
  const trainedOn = opened.sha256 === record.training.data.sha256
  if (flags.json)
    terminal.json(
      JSON.stringify(
        {
          schema: 'nonconvex/evaluation@1',
          kind: 'sequences',
          trainedOn,
          ...scores,
          ...(record.scheme !== 'none' && entityF1(scores.entities)),
        },
        null,
        2,
      ),
    )
  else printTables(sequenceTables(scores, path), terminal, flags.tables)
  warnUnknown(terminal, path, unknown)
  if (trainedOn) warnTrainedOn(terminal, 'sequences', path)
  return exit.done
}
