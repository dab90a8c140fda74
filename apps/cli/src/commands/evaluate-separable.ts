import { counted } from '@nonconvex/optim/claims'
import { Verbatim, words, type Prose, type ShownCell, type ShownTable } from '../text/prose.js'
import { clopperPearson } from '@nonconvex/optim/statistics'
import { badInput, exit } from '../exit.js'
import type { Host } from '../host.js'
import { tableFormat } from '../input/format.js'
import { printTables } from '../terminal/print-tables.js'
import { onlyScenes, refuseFlags } from '../scenes/scene-flags.js'
import type { Terminal } from '../terminal/terminal.js'
import { formatNumber } from '../text/numbers.js'
import { boundDigits } from '../fit/guarantee-table.js'
import { eachBatch, unknownText, type BatchFacts } from '../models/each-batch.js'
import type { ModelEvaluationFlags } from '../command-line/data-commands.js'
import type { LoadedModel } from '../models/model-folder.js'
import { openExamples, oneVsRestKind } from '../models/one-vs-rest-document.js'

/**
 * `nonconvex evaluate` with a model of examples: errors on labeled ones, with the bound on the test
 * error that follows from held-out examples (Clopper–Pearson).
 */
export async function evaluateSeparable(
  host: Host,
  terminal: Terminal,
  loaded: LoadedModel,
  data: string,
  flags: ModelEvaluationFlags,
): Promise<number> {
  const opened = openExamples(loaded)
  const format = tableFormat(flags.format)
  refuseFlags({ ...flags }, onlyScenes, 'models of scene graphs')
  const { names } = opened
  const several = loaded.kind === oneVsRestKind
  // by label and prediction; last the labels that no training example has, and what is undecided
  const confusion = [...names, ''].map(() => [...names, ''].map(() => 0))
  // y N < 1, errors included; of several networks any of them
  let [margins, hinge] = [0, 0]
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
      for (const { side, outputs } of batch) {
        const label = side > 0 ? side - 1 : several ? names.length : 1
        const { name } = opened.decide(outputs)
        confusion[label][name < 0 ? names.length : name]++
        const least = Math.min(
          ...outputs.map((output, c) => (several ? (c === label ? 1 : -1) : side) * output),
        )
        if (!(least >= 1)) margins++
        hinge += Math.max(0, 1 - least)
      }
    },
  )
  const counts = confusion.map((row, label) => {
    const total = row.reduce((sum, count) => sum + count, 0)
    return { examples: total, wrong: total - (label < names.length ? row[label] : 0) }
  })
  const sum = (of: 'examples' | 'wrong'): number =>
    counts.reduce((total, count) => total + count[of], 0)
  const examples = sum('examples')
  if (examples === 0)
    throw badInput(
      'data-empty',
      `${data}: expected labeled examples, got none; give a file with rows`,
    )
  const { delta } = flags
  const trained = facts.digest === opened.document.training.data.sha256
  const errors = sum('wrong')
  const held = !trained && facts.seen === 0
  const { distinct, kept } = opened.known
  const bound = (wrong: number) => (!held ? null : clopperPearson(wrong, examples, delta))
  const document = {
    schema: 'nonconvex/evaluation@1',
    kind: loaded.kind,
    examples,
    errors,
    errorRate: errors / examples,
    errorBound: bound(errors),
    marginFailures: margins,
    marginFailureRate: margins / examples,
    marginFailureBound: bound(margins),
    meanHingeLoss: hinge / examples,
    delta,
    trainedOn: trained,
    /**
     * how many of these are training examples, among the `known` of `of` ones that the model records
     */
    seen: { examples: facts.seen, firstLine: facts.seenLine ?? null, known: kept, of: distinct },
    skipped: facts.skipped,
    ...(several
      ? { labels: names, counts, confusion }
      : {
          confusion: {
            positives: counts[0].examples,
            positivesWrong: counts[0].wrong,
            negatives: counts[1].examples,
            negativesWrong: counts[1].wrong,
          },
        }),
  }
  if (flags.json) terminal.json(JSON.stringify(document, null, 2))
  else {
    const classes = counts.flatMap(({ examples: of, wrong }, c) =>
      c === names.length && of === 0
        ? []
        : [
            {
              name: c < names.length ? new Verbatim(names[c]) : 'no label of the training',
              of,
              wrong,
            },
          ],
    )
    const tables = [
      errorTable(document, classes),
      ...(several && names.length <= SHOWN ? [confusionTable(confusion, names)] : []),
    ]
    printTables(tables, terminal, flags.tables)
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
      text: unknownText(facts.unknown, opened.unknown),
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

/** Classes up to which it is shown which are taken for which. */
const SHOWN = 10

function errorTable(
  found: {
    readonly kind: string
    readonly examples: number
    readonly errors: number
    readonly errorBound: number | null
    readonly marginFailures: number
    readonly marginFailureBound: number | null
    readonly delta: number
  },
  classes: readonly { readonly name: Prose; readonly of: number; readonly wrong: number }[],
): ShownTable {
  const row = (
    what: Prose,
    wrong: number,
    of: number,
    bound: number | null,
  ): readonly ShownCell[] => [what, of, wrong, of === 0 ? null : wrong / of, bound]
  const { kind, examples, errors, errorBound, marginFailures, marginFailureBound } = found
  const several = kind === oneVsRestKind
  return {
    id: 'evaluation',
    title: `Errors on ${counted(examples, 'example')}`,
    columns: [
      { name: 'what', title: '' },
      { name: 'examples', title: 'examples' },
      { name: 'wrong', title: 'wrong' },
      { name: 'fraction', title: 'fraction', digits: 3 },
      {
        name: 'bound',
        title: `bound on new examples (confidence ${1 - found.delta})`,
        digits: boundDigits([errorBound, marginFailureBound].map((bound) => ({ bound }))),
      },
    ],
    rows: [
      row(
        several ? 'errors of the largest output' : 'errors $yN\\le 0$',
        errors,
        examples,
        errorBound,
      ),
      ...classes.map(({ name, of, wrong }) => row(words`of ${name}`, wrong, of, null)),
      row(
        several ? 'errors, or $yN<1$ for a network' : 'errors, or $yN<1$',
        marginFailures,
        examples,
        marginFailureBound,
      ),
    ],
  }
}

/** Which class is taken for which: a row for each label, a column for each prediction. */
function confusionTable(
  confusion: readonly (readonly number[])[],
  names: readonly string[],
): ShownTable {
  const undecided = confusion.some((row) => row[names.length] > 0)
  const shown = (row: readonly number[]) => (undecided ? row : row.slice(0, -1))
  return {
    id: 'confusion',
    title: 'Label, and predicted as',
    columns: [
      { name: 'label', title: 'label' },
      ...names.map((name, c) => ({ name: `class_${c + 1}`, title: new Verbatim(name) })),
      ...(undecided ? [{ name: 'undecided', title: 'undecided' }] : []),
    ],
    rows: names.map((name, c) => [new Verbatim(name), ...shown(confusion[c])]),
  }
}
