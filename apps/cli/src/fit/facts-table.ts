import { Verbatim, words, type Prose, type ShownCell, type ShownTable } from '../text/prose.js'
import { formatNumber } from '../text/numbers.js'
import { sideName, type Fitted } from './fitted.js'

type Row = readonly ShownCell[]

/** How many names are listed. */
const SHOWN = 6

function namesOf(names: readonly string[]): Prose {
  const some = new Verbatim(names.slice(0, SHOWN).join(', '))
  return names.length > SHOWN ? words`${some} and ${names.length - SHOWN} more` : some
}

function separationRows({ separation, radius }: Fitted['fit']): readonly Row[] {
  switch (separation.kind) {
    case 'separable':
      return [
        [
          'separable through the origin',
          null,
          separation.proven ? 'yes, proved despite rounding' : 'yes, in float64',
        ],
        [
          'largest margin $\\gamma$, at least',
          separation.lo,
          'margin of a separator that was found',
        ],
        [
          'largest margin $\\gamma$, at most',
          separation.hi,
          'norm of a convex combination of the $y\\,x$',
        ],
        ['$(R/\\gamma)^2$', (radius / separation.lo) ** 2, 'bound on the perceptron mistakes'],
      ]
    case 'inseparable':
      return [
        [
          'separable through the origin',
          null,
          separation.exact
            ? 'no, proved in rational arithmetic by the contradictory rows below'
            : `not as far as float64 shows: no margin above ${separation.residual.toPrecision(2)}; not proved: ${separation.inexact ?? ''}`,
        ],
      ]
    case 'undecided':
      return [
        [
          'separable through the origin',
          null,
          `undecided: ${separation.why ?? 'neither a separator nor a witness was found'}`,
        ],
        ['largest margin $\\gamma$, at most', separation.hi, ''],
      ]
  }
}

/** The table of facts about the data. */
export function factsTable({ fit, names, source }: Fitted): ShownTable {
  const { table, d, radius, preparation } = fit
  const rows: readonly Row[] = [
    [
      'examples $n$',
      table.examples,
      words`${formatNumber(table.positives)} labeled ${names.positive}, ${formatNumber(table.negatives)} labeled ${names.negative}`,
    ],
    [
      'features $d$',
      d,
      `${preparation.bias === 0 ? 'no bias' : `one of them the constant ${preparation.bias}`}${preparation.standardise ? '; standardized by these examples' : ''}`,
    ],
    [
      'largest norm $R$',
      radius,
      `multiplied by ${preparation.scale} for the network, ${scaleText(source.scale)}`,
    ],
    ...separationRows(fit),
    ...(table.repeated > 0
      ? [
          [
            'duplicate rows',
            table.repeated,
            `duplicates of an earlier row and label, such as line ${table.repeatedLines?.[1]} to line ${table.repeatedLines?.[0]}; the guarantees assume independent examples`,
          ],
        ]
      : []),
    ...(table.constant.length > 0
      ? [['constant features', table.constant.length, namesOf(table.constant)]]
      : []),
    ...(source.skipped > 0
      ? [['dropped', source.skipped, 'examples with a label of neither class']]
      : []),
  ]
  return {
    id: 'data',
    title: 'Data',
    columns: [
      { name: 'what', title: '' },
      { name: 'value', title: 'value', digits: 7 },
      { name: 'note', title: '' },
    ],
    rows,
  }
}

const scaleText = (known: boolean): string =>
  known
    ? 'chosen before seeing the data'
    : 'chosen from the data, which costs the guarantees one example'

/** Rows of a witness that are listed. */
const LISTED = 40

/** The rows that contradict each other, by their lines in the file. */
export function witnessTable({ fit, names }: Fitted): ShownTable | undefined {
  const { separation } = fit
  if (separation.kind !== 'inseparable') return undefined
  const { witness, exact } = separation
  const listed = [...witness].sort((a, b) => b.weight - a.weight).slice(0, LISTED)
  return {
    id: 'witness',
    title: `${exact ? `${witness.length} contradictory rows: $\\sum_i\\lambda_i y_i x_i=0$` : `${witness.length} rows that cancel up to rounding: $\\sum_i\\lambda_i y_i x_i\\approx 0$`}${witness.length > LISTED ? `; the ${LISTED} largest weights` : ''}`,
    columns: [
      { name: 'line', title: 'line' },
      { name: 'label', title: 'label' },
      { name: 'weight', title: 'weight $\\lambda$', digits: 6 },
      ...(exact ? [{ name: 'integer', title: 'as an integer' }] : []),
    ],
    rows: listed.map(({ line, side, weight, integer }) => [
      line,
      sideName(names, side),
      weight,
      ...(exact ? [shortened(integer ?? '')] : []),
    ]),
  }
}

const DIGITS = 24

const shortened = (integer: string): string =>
  integer.length > DIGITS ? `${integer.slice(0, 8)}… (${integer.length} digits)` : integer
