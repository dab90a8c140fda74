import { counted } from '@nonconvex/optim/claims'
import type { PredictFlags } from '../command-line/data-commands.js'
import { exit } from '../exit.js'
import { openSink } from '../files/text-sink.js'
import type { Host } from '../host.js'
import { modelPaths, type LoadedModel } from '../models/model-folder.js'
import { openSequencesModel } from '../models/sequences-document.js'
import { onlyScenes, refuseFlags } from '../scenes/scene-flags.js'
import { labelSequence } from '../sequences/label-sequences.js'
import { openForModel } from '../sequences/open-sequences.js'
import type { Terminal } from '../terminal/terminal.js'

/** `nonconvex predict` with a model of sequences: the file with the predicted label as a last column. */
export async function predictSequences(
  host: Host,
  terminal: Terminal,
  loaded: LoadedModel,
  path: string,
  flags: PredictFlags,
): Promise<number> {
  const model = openSequencesModel(loaded)
  refuseFlags({ ...flags }, [...onlyScenes, 'format', 'decoder'], 'other models')
  const { out, force = false, json = false } = flags
  const { file, tokens } = await openForModel(path, model.record.columns, host.signal)
  const inputs = [path, ...modelPaths(loaded.path)]
  const sink = openSink(out, { stdout: host.stdout, force, inputs })
  try {
    if (json)
      await sink.write('{"schema":"nonconvex/predictions@1","kind":"sequences","predictions":[')
    for (const [n, sequence] of file.sequences.entries()) {
      const labels = labelSequence(model, tokens[n])
      if (json)
        await sink.write(`${n === 0 ? '' : ','}\n${JSON.stringify({ sequence: n + 1, labels })}`)
      else {
        const lines = sequence.tokens.map((cells, t) => [...cells, labels[t]].join(file.separator))
        await sink.write(`${n === 0 ? '' : '\n'}${lines.join('\n')}\n`)
      }
    }
    if (json) await sink.write('\n]}\n')
    sink.close()
  } finally {
    sink.release()
  }
  terminal.hint(
    `${counted(tokens.length, 'sequence')}${out === undefined ? '' : `; written to ${out}`}`,
  )
  return exit.done
}
