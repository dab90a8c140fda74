import { counted } from '@nonconvex/optim/claims'
import { labelMarginals, predictedLabels } from '@nonconvex/structured/multilabel'
import type { PredictFlags } from '../command-line/data-commands.js'
import { exit } from '../exit.js'
import { openSink } from '../files/text-sink.js'
import type { Host } from '../host.js'
import { modelPaths, type LoadedModel } from '../models/model-folder.js'
import { openMultilabelModel } from '../models/multilabel-document.js'
import { openMultilabel } from '../multilabel/open-multilabel.js'
import { onlyScenes, refuseFlags } from '../scenes/scene-flags.js'
import type { Terminal } from '../terminal/terminal.js'

/**
 * `nonconvex predict` with a multilabel model: one line of JSON for each example, with its number,
 * the predicted labels and their probabilities.
 */
export async function predictMultilabel(
  host: Host,
  terminal: Terminal,
  loaded: LoadedModel,
  path: string,
  flags: PredictFlags,
): Promise<number> {
  const { record, network } = openMultilabelModel(loaded)
  refuseFlags({ ...flags }, onlyScenes, 'models of scene graphs')
  const { out, force = false, json = false, format, decoder = 'expected-f1' } = flags
  const { data } = await openMultilabel({
    path,
    format,
    signal: host.signal,
    known: record,
    unlabeled: true,
  })
  const found = labelMarginals(network, data)
  const all = predictedLabels(found, decoder)
  const L = record.labels.length
  const inputs = [path, ...modelPaths(loaded.path)]
  const sink = openSink(out, { stdout: host.stdout, force, inputs })
  try {
    if (json)
      await sink.write(
        `{"schema":"nonconvex/predictions@1","kind":"multilabel","decoder":"${decoder}","predictions":[`,
      )
    for (let r = 0; r < data.rows; r++) {
      const own = found.p.subarray(r * L, (r + 1) * L)
      const chosen = all.subarray(r * L, (r + 1) * L)
      const labels = record.labels.filter((_, l) => chosen[l] === 1)
      const probabilities = [...own].filter((_, l) => chosen[l] === 1)
      const line = JSON.stringify({ example: r + 1, labels, probabilities })
      await sink.write(json ? `${r === 0 ? '' : ','}\n${line}` : `${line}\n`)
    }
    if (json) await sink.write('\n]}\n')
    sink.close()
  } finally {
    sink.release()
  }
  terminal.hint(`${counted(data.rows, 'example')}${out === undefined ? '' : `; written to ${out}`}`)
  return exit.done
}
