import { counted } from '@nonconvex/optim/claims'
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
import { openExamples } from '../models/one-vs-rest-document.js'

/** A cell of a CSV file, quoted where it must be. */
const cell = (text: string): string =>
  /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/**
 * `nonconvex predict` with a model of examples: a row for each, with its line in the file, the
 * predicted label and N(x), of several classes the largest N(x)/‖W‖. An output of 0 is on neither
 * side, and of two equal ones none is the largest: the label is empty.
 */
export async function predictSeparable(
  host: Host,
  terminal: Terminal,
  loaded: LoadedModel,
  data: string,
  flags: PredictFlags,
): Promise<number> {
  const opened = openExamples(loaded)
  const format = tableFormat(flags.format)
  refuseFlags({ ...flags }, onlyScenes, 'models of scene graphs')
  const { names } = opened
  const { json = false, out, force = false } = flags
  const inputs = [data, ...modelPaths(loaded.path)]
  const sink = openSink(out, { stdout: host.stdout, force, inputs })
  const totals = names.map(() => 0)
  let examples = 0
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
        const texts = batch.map(({ line, outputs }) => {
          const { name, output } = opened.decide(outputs)
          const prediction = name < 0 ? '' : names[name]
          if (name >= 0) totals[name]++
          const before = examples++ === 0 ? '' : ','
          return json
            ? `${before}\n${JSON.stringify({ line, prediction, output })}`
            : `${line},${cell(prediction)},${output}\n`
        })
        await sink.write(head + texts.join(''))
        head = ''
      },
    )
    await sink.write(head + (json ? '\n]}\n' : ''))
    sink.close()
    const open = examples - totals.reduce((sum, count) => sum + count, 0)
    const counts = names.map((name, c) => `${formatNumber(totals[c])} ${name}`)
    terminal.hint(
      `${counted(examples, 'example')}: ${[...counts, ...(open > 0 ? [`${formatNumber(open)} undecided`] : [])].join(', ')}${out === undefined ? '' : `; written to ${out}`}`,
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
