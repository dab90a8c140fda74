import { counted } from '@nonconvex/optim/claims'
import { recordOf, type ClassesRecord } from '../models/training-record.js'
import { html, type Html } from '../report/html.js'
import { prose } from '../report/math.js'
import { htmlPage } from '../report/page.js'
import { tableBlock } from '../report/table.js'
import { sourceText } from '../text/claims.js'
import { formatNumber } from '../text/numbers.js'
import { Verbatim, words, type Prose, type ShownCell, type ShownTable } from '../text/prose.js'
import { inlineTexToText } from '../text/tex.js'
import { fitSeparableCommand } from '../command-line/data-commands.js'
import { fitCommands } from './kept-flags.js'
import { fittedOf, majorityErrorOf } from './fitted.js'
import { boundDigits, guaranteeTable } from './guarantee-table.js'
import { claims, fitTables, groupsOf, howToRead, paper } from './page.js'
import { repeatTable, repeatText } from './repeat-table.js'
import { qualityOf, selectionText } from './summary.js'

type Fit = ClassesRecord['fits'][number]

/** Classes whose names are listed. */
const LISTED = 6

const separable = ({ separation }: Fit): string =>
  separation.kind === 'separable'
    ? separation.proven
      ? 'yes, proved'
      : 'yes, in float64'
    : separation.kind === 'inseparable'
      ? separation.exact
        ? 'no, proved'
        : 'no, in float64'
      : 'undecided'

/** A row for each class: its own network against the rest. */
function classTable({ labels, fits, training }: ClassesRecord): ShownTable {
  const tested = training.test !== undefined
  const held = ({ guarantees }: Fit): number | null =>
    guarantees.guarantees.find(({ id }) => id === 'held-out')?.bound ?? null
  const bounds = fits.flatMap((fit) => [
    { bound: fit.guarantees.best?.bound ?? null },
    { bound: held(fit) },
  ])
  const digits = boundDigits(bounds)
  return {
    id: 'classes',
    title: `Each class against the rest, $k=${fits[0].runs[fits[0].runs.length - 1].k}$; each column of bounds holds for all ${labels.length} classes together with probability ${1 - training.delta}, each class at $\\delta/${labels.length}$`,
    columns: [
      { name: 'class', title: 'class' },
      { name: 'examples', title: 'examples' },
      { name: 'separable', title: 'separable' },
      { name: 'gamma', title: '$\\gamma$', digits: 4 },
      { name: 'relative', title: '$\\gamma/R$', digits: 4 },
      { name: 'updates', title: 'updates $U$' },
      { name: 'bound', title: 'bound $B$', digits: 4 },
      { name: 'errors', title: 'training errors' },
      ...(tested ? [{ name: 'test', title: 'test errors' }] : []),
      { name: 'certificate', title: 'certificate', digits },
      ...(tested ? [{ name: 'held_out', title: 'held-out bound', digits }] : []),
    ],
    rows: labels.map((label, c): readonly ShownCell[] => {
      const fit = fits[c]
      const { separation, radius, guarantees } = fit
      const gamma = separation.kind === 'separable' ? separation.lo : null
      const last = fit.runs[fit.runs.length - 1]
      return [
        new Verbatim(label),
        fit.data.positives,
        separable(fit),
        gamma,
        gamma === null ? null : gamma / radius,
        last.updates,
        last.bounds ? Math.floor(last.bounds.best) : null,
        last.train.errors,
        ...(tested ? [last.test?.errors ?? null] : []),
        guarantees.best?.bound ?? null,
        ...(tested ? [held(fit)] : []),
      ]
    }),
  }
}

const classMajority = (fits: readonly Fit[]): number =>
  majorityErrorOf(fits.map(({ data }) => data.positives))

/** What is shown of all classes together. */
export const oneVsRestTables = (record: ClassesRecord): readonly ShownTable[] =>
  [
    classTable(record),
    guaranteeTable(
      record.training.guarantees,
      classMajority(record.fits),
      `Generalization bounds of the class with the largest output, $\\delta=${record.training.delta}$`,
      undefined,
      { margin: 'errors, or $yN<1$ for a network', error: 'errors' },
    ),
    repeatTable(record.training.repeats ?? [], record.training.delta),
  ].filter((table) => table !== undefined)

/** Names of others, some of them, with commas and a last word between them. */
function listed(names: readonly Prose[]): Prose {
  const shown = names.length > LISTED ? names.slice(0, LISTED) : names
  const rest = names.length - shown.length
  return [
    ...shown.flatMap((name, i) => (i === 0 ? [name] : [', ', name])),
    ...(rest > 0 ? [` and ${rest} more`] : []),
  ]
}

/**
 * A summary in a few sentences: which classes are separable from the rest, by which margins, and
 * the errors of the class with the largest output; what follows for new examples.
 */
export function oneVsRestSummary({
  labels,
  fits,
  training,
  parameters,
}: ClassesRecord): readonly Prose[] {
  const { train, test, guarantees, delta, repeats = [] } = training
  const of = (kind: Fit['separation']['kind']) =>
    labels.flatMap((label, c) => {
      const { separation, radius } = fits[c]
      if (separation.kind !== kind) return []
      const margin =
        separation.kind === 'separable'
          ? ` ($\\gamma/R\\ge${formatNumber(separation.lo / radius, 4)}$)`
          : ''
      return [words`${new Verbatim(label)}${margin}`]
    })
  const [yes, no, open] = [of('separable'), of('inseparable'), of('undecided')]
  const errors = ({ errors: wrong, examples }: typeof train, which: string): string =>
    `${formatNumber(wrong)} of ${counted(examples, which)}`
  const tested = test
    ? ` and on ${errors(test, 'test example')} (${formatNumber((100 * test.errors) / test.examples, 3)} %)`
    : ''
  const { best, statement } = guarantees
  const event = best && guarantees.guarantees.find(({ id }) => id === best.id)?.event
  const meaning = !best
    ? ': nothing follows for new examples'
    : `${event === 'margin' ? '; errors of the class with the largest output are among them' : ''}. ${qualityOf(best.bound, classMajority(fits))}`
  const origin = parameters.bias === 0 ? ' through the origin' : ''
  const held = test ? '' : '. Held-out examples (--test FILE) give a bound of their own'
  return [
    words`${yes.length === labels.length ? 'All' : String(yes.length)} of ${labels.length} classes ${yes.length === 1 ? 'is' : 'are'} linearly separable from the rest${origin}${yes.length > 0 ? ': ' : ''}${listed(yes)}${no.length > 0 ? `; not separable${origin}: ` : ''}${listed(no)}${open.length > 0 ? '; undecided: ' : ''}${listed(open)}.${origin !== '' && yes.length < labels.length ? ' A bias may separate more of them (--bias 1).' : ''} The class with the largest output errs on ${errors(train, 'training example')}${tested}.`,
    ...repeatText(repeats, delta, `classifiers of ${labels.length} networks`),
    `${statement.charAt(0).toUpperCase()}${statement.slice(1)}${meaning}${held}.`,
    ...selectionText(guarantees, delta),
    `Outputs are compared as $N(x)/\\|W\\|$, a margin on one scale for every network. All networks can be trained again from the examples that any of them was updated on (${formatNumber(training.distinct)} of ${formatNumber(train.examples)}), so that one certificate holds for all at $\\delta=${delta}$; the table of the classes has one for each, at $\\delta/${labels.length}$.`,
  ]
}

/** One class as if it were trained by itself. */
function classSection(record: ClassesRecord, c: number): Html {
  const own = recordOf(record, c)
  const [facts, ...others] = fitTables(fittedOf(own))
  return html`<section class="experiment" aria-labelledby="class-${c + 1}">
    <h2 id="class-${c + 1}">${prose(words`${new Verbatim(record.labels[c])} against the rest`)}</h2>
    ${tableBlock(facts)}
    ${groupsOf(own.training.verdicts).map(({ heading, verdicts }) => claims(heading, verdicts))}
    ${others.map(tableBlock)}
  </section>`
}

/** The report on several classes as one page: all together, then each class as by itself. */
export function oneVsRestPage(record: ClassesRecord): string {
  const { labels, training, flags, versions } = record
  const { file } = training.data
  const title = words`Linear separability of the ${labels.length} classes of ${new Verbatim(file)} and guarantees`
  const body = html`<header>
      <h1>${prose(title)}</h1>
      ${oneVsRestSummary(record).map((text) => html`<p class="lead">${prose(text)}</p>`)}
    </header>
    <main>
      <section class="experiment">
        ${oneVsRestTables(record).map(tableBlock)}
        <p class="source">Source of the theorem: ${prose(sourceText(paper))}</p>
        <pre
          class="command"
        ><code>${fitCommands(fitSeparableCommand, file, flags).join('\n')}</code></pre>
      </section>
      ${labels.map((_, c) => classSection(record, c))}
      <section class="experiment">${howToRead}</section>
    </main>`
  return htmlPage(inlineTexToText(title), versions.nonconvex, body)
}
