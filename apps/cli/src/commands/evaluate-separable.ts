import { classNames } from '@nonconvex/overparam/tabular'
import { counted } from '@nonconvex/optim/claims'
import { sideNames, type SideNames } from '../fit/fitted.js'
import { words, type Prose, type ShownCell, type ShownTable } from '../text/prose.js'
import { clopperPearson } from '@nonconvex/optim/statistics'
import { badInput, exit } from '../exit.js'
import type { Host } from '../host.js'
import { tableFormat } from '../input/format.js'
import { printTables } from '../terminal/print-tables.js'
import { onlyScenes, refuseFlags } from '../scenes/scene-flags.js'
import type { Terminal } from '../terminal/terminal.js'
import { formatNumber } from '../text/numbers.js'
import { eachBatch, unknownText, type BatchFacts } from '../models/each-batch.js'
import type { ModelEvaluationFlags } from '../command-line/data-commands.js'
import type { LoadedModel } from '../models/model-folder.js'
import { openSeparable } from '../models/separable-document.js'

/** Decisions against labels: right and wrong on both sides; an output of 0 is wrong on either. */
interface Counts {
  positives: number
  negatives: number
  wrongPositives: number
  wrongNegatives: number
  /** y N < 1, errors included */
  margins: number
  hinge: number
}

/**
 * `nonconvex evaluate` with a separable model: errors on labeled examples, with the bound on the
 * test error that follows from held-out examples (Clopper–Pearson).
 */
export async function evaluateSeparable(
  host: Host,
  terminal: Terminal,
  loaded: LoadedModel,
  data: string,
  flags: ModelEvaluationFlags,
): Promise<number> {
  const opened = openSeparable(loaded)
  const format = tableFormat(flags.format)
  refuseFlags({ ...flags }, onlyScenes, 'models of scene graphs')
  const counts: Counts = {
    positives: 0,
    negatives: 0,
    wrongPositives: 0,
    wrongNegatives: 0,
    margins: 0,
    hinge: 0,
  }
  const facts = await eachBatch(
    opened,
    {
      path: data,
      labelled: true,
      signal: host.signal,
      ...(format && { format }),
      ...(flags.label !== undefined && { label: flags.label }),
      ...(flags.labels !== undefined && { labels: flags.labels }),
    },
    (batch) => {
      for (const { side, output } of batch) {
        const right = side * output > 0
        if (side > 0) counts.positives++
        else counts.negatives++
        if (!right && side > 0) counts.wrongPositives++
        if (!right && side < 0) counts.wrongNegatives++
        if (!(side * output >= 1)) counts.margins++
        counts.hinge += Math.max(0, 1 - side * output)
      }
    },
  )
  const examples = counts.positives + counts.negatives
  if (examples === 0)
    throw badInput(
      'data-empty',
      `${data}: expected labeled examples, got none; give a file with rows`,
    )
  const { delta } = flags
  const trained = facts.digest === opened.document.training.data.sha256
  const errors = counts.wrongPositives + counts.wrongNegatives
  const held = !trained && facts.seen === 0
  const { distinct, kept } = opened.known
  const bound = (wrong: number) => (!held ? null : clopperPearson(wrong, examples, delta))
  const document = {
    schema: 'nonconvex/evaluation@1',
    kind: 'separable',
    examples,
    errors,
    errorRate: errors / examples,
    errorBound: bound(errors),
    marginFailures: counts.margins,
    marginFailureRate: counts.margins / examples,
    marginFailureBound: bound(counts.margins),
    meanHingeLoss: counts.hinge / examples,
    delta,
    trainedOn: trained,
    /**
     * how many of these are training examples, among the `known` of `of` ones that the model records
     */
    seen: { examples: facts.seen, firstLine: facts.seenLine ?? null, known: kept, of: distinct },
    skipped: facts.skipped,
    confusion: {
      positives: counts.positives,
      positivesWrong: counts.wrongPositives,
      negatives: counts.negatives,
      negativesWrong: counts.wrongNegatives,
    },
  }
  if (flags.json) terminal.json(JSON.stringify(document, null, 2))
  else {
    const names = sideNames(opened.document.classes)
    printTables([tableOf(document, names)], terminal, flags.tables)
    const note = !held
      ? `The model was trained on ${trained ? 'this file' : seenText(facts, kept === distinct)}: these errors do not bound the test error.`
      : kept < distinct
        ? `None of these is among the recorded ${formatNumber(kept)} of ${formatNumber(distinct)} training examples; the others were not compared.`
        : undefined
    if (note !== undefined && flags.tables === 'table') {
      terminal.print()
      terminal.paragraph(note, '  ')
    }
  }
  if (facts.skipped > 0)
    terminal.hint(`${counted(facts.skipped, 'example')} with other labels dropped, as in training`)
  if (facts.unknown.size > 0)
    terminal.warn({
      code: 'labels-unknown',
      text: unknownText(facts.unknown, classNames(opened.document.classes).negative),
    })
  if (facts.beyond > 0)
    terminal.warn({
      code: 'features-unknown',
      text: `${counted(facts.beyond, 'value')} of features unknown to the model were ignored`,
    })
  return exit.done
}

const seenText = ({ seen, seenLine = 0 }: BatchFacts, all: boolean): string =>
  `${all ? '' : 'at least '}${formatNumber(seen)} of these, the first on line ${seenLine}`

function tableOf(
  found: {
    readonly examples: number
    readonly errors: number
    readonly errorRate: number
    readonly errorBound: number | null
    readonly marginFailures: number
    readonly marginFailureRate: number
    readonly marginFailureBound: number | null
    readonly delta: number
    readonly confusion: {
      readonly positives: number
      readonly positivesWrong: number
      readonly negatives: number
      readonly negativesWrong: number
    }
  },
  names: SideNames,
): ShownTable {
  const { positives, positivesWrong, negatives, negativesWrong } = found.confusion
  const row = (
    what: Prose,
    wrong: number,
    of: number,
    bound: number | null,
  ): readonly ShownCell[] => [what, of, wrong, of === 0 ? null : wrong / of, bound]
  return {
    id: 'evaluation',
    title: `Errors on ${counted(found.examples, 'example')}`,
    columns: [
      { name: 'what', title: '' },
      { name: 'examples', title: 'examples' },
      { name: 'wrong', title: 'wrong' },
      { name: 'fraction', title: 'fraction', digits: 3 },
      {
        name: 'bound',
        title: `bound on new examples (confidence ${1 - found.delta})`,
        digits: 3,
      },
    ],
    rows: [
      row('errors $yN\\le 0$', found.errors, found.examples, found.errorBound),
      row(words`of ${names.positive}`, positivesWrong, positives, null),
      row(words`of ${names.negative}`, negativesWrong, negatives, null),
      row('margin failures $yN<1$', found.marginFailures, found.examples, found.marginFailureBound),
    ],
  }
}
