import { counted } from '@nonconvex/optim/claims'
import { classNames } from '@nonconvex/overparam/tabular'
import { exit } from '../exit.js'
import { openSink } from '../files/text-sink.js'
import type { Host } from '../host.js'
import { tableFormat } from '../input/format.js'
import { onlyScenes, refuseFlags } from '../scenes/scene-flags.js'
import { formatNumber } from '../text/numbers.js'
import type { Terminal } from '../terminal/terminal.js'
import { eachBatch } from '../models/each-batch.js'
import type { PredictFlags } from '../command-line/data-commands.js'
import { modelPaths, type LoadedModel } from '../models/model-folder.js'
import { openSeparable } from '../models/separable-document.js'

/** A cell of a CSV file, quoted where it must be. */
const cell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/**
 * `nonconvex predict` with a separable model: a row for each example, with its line in the file,
 * the predicted label and N(x). An output of 0 is on neither side: the label is empty.
 */
export async function predictSeparable(
  host: Host,
  terminal: Terminal,
  loaded: LoadedModel,
  data: string,
  flags: PredictFlags,
): Promise<number> {
  const opened = openSeparable(loaded)
  const format = tableFormat(flags.format)
  refuseFlags({ ...flags }, onlyScenes, 'models of scene graphs')
  const names = classNames(opened.document.classes)
  const label = (output: number): string =>
    output > 0 ? names.positive : output < 0 ? names.negative : ''
  const { json = false, out, force = false } = flags
  const inputs = [data, ...modelPaths(loaded.path)]
  const sink = openSink(out, { stdout: host.stdout, force, inputs })
  const totals = { examples: 0, positive: 0 }
  // written with the first batch: input that is refused leaves nothing behind
  let head = json
    ? '{"schema":"nonconvex/predictions@1","kind":"separable","predictions":['
    : 'line,prediction,output\n'
  try {
    const facts = await eachBatch(
      opened,
      {
        path: data,
        labelled: false,
        signal: host.signal,
        ...(format && { format }),
      },
      async (batch) => {
        const texts = batch.map(({ line, output }, i) => {
          totals.examples++
          if (output > 0) totals.positive++
          if (!json) return `${line},${cell(label(output))},${output}\n`
          const first = totals.examples === 1 && i === 0
          return `${first ? '' : ','}\n${JSON.stringify({ line, prediction: label(output), output })}`
        })
        await sink.write(head + texts.join(''))
        head = ''
      },
    )
    await sink.write(head + (json ? '\n]}\n' : ''))
    sink.close()
    terminal.hint(
      `${counted(totals.examples, 'example')}: ${formatNumber(totals.positive)} ${names.positive}, ${formatNumber(totals.examples - totals.positive)} ${names.negative}${out === undefined ? '' : `; written to ${out}`}`,
    )
    if (facts.beyond > 0)
      terminal.warn({
        code: 'features-unknown',
        text: `${counted(facts.beyond, 'value')} of features unknown to the model were ignored`,
      })
    return exit.done
  } finally {
    sink.release()
  }
}
