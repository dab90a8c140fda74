import { rigorText, type Status, type Verdict } from '@nonconvex/optim/claims'
import { otherHypotheses, statusCounts } from '../text/claims.js'
import { inlineTexToText } from '../text/tex.js'
import { printed, type Line } from '../text/printed.js'
import { Verbatim, type ShownTable } from '../text/prose.js'
import { pad, wrap } from '../text/wrap.js'
import type { Terminal } from './terminal.js'

/** Marks of the verdicts; they differ in shape as well as in color. */
export const marks: { readonly [S in Status]: string } = {
  holds: '✔',
  violated: '✘',
  inapplicable: '⊖',
  inconclusive: '◐',
}

const wordWidth = 'inconclusive'.length
const rigorWidth = 'statistical'.length
const indent = ' '.repeat(2 + 2 + wordWidth + 2)

/** Below this width a claim is printed under its mark. */
const narrow = 72

/** Mark and word, claim and rigor; under it the numbers that decided it. */
export function verdictLines(verdict: Verdict, terminal: Terminal): Line[] {
  const { style, columns } = terminal
  if (columns < narrow) return narrowLines(verdict, terminal)
  const room = columns - indent.length - rigorWidth - 2
  const [first = '', ...more] = wrap(inlineTexToText(verdict.title), room)
  const mark = style.status(
    verdict.status,
    `${marks[verdict.status]} ${pad(verdict.status, wordWidth)}`,
  )
  const failed = otherHypotheses(verdict).filter(({ status }) => status === 'fails')
  return [
    printed`  ${mark}  ${style.strong(pad(first, room))}  ${style.soft(rigorText(verdict))}`,
    ...more.map((line) => printed`${indent}${style.strong(line)}`),
    ...wrap(inlineTexToText(verdict.statement), room).map((line) => indent + line),
    ...failed.flatMap(({ text }) =>
      wrap(`fails: ${inlineTexToText(text)}`, room).map(
        (line) => printed`${indent}${style.soft(line)}`,
      ),
    ),
  ]
}

function narrowLines(verdict: Verdict, { style, columns }: Terminal): Line[] {
  const failed = otherHypotheses(verdict).filter(({ status }) => status === 'fails')
  const mark = style.status(verdict.status, `${marks[verdict.status]} ${verdict.status}`)
  const lines = (text: string) => wrap(inlineTexToText(text), columns - 4)
  return [
    printed`  ${mark}  ${style.soft(rigorText(verdict))}`,
    ...lines(verdict.title).map((line) => printed`    ${style.strong(line)}`),
    ...lines(verdict.statement).map((line) => `    ${line}`),
    ...failed.flatMap(({ text }) =>
      lines(`fails: ${text}`).map((line) => printed`    ${style.soft(line)}`),
    ),
  ]
}

/**
 * Verdicts as a table.
 *
 * @param classOf - the class of each verdict, where there are several classes
 */
export const verdictTable = (
  verdicts: readonly Verdict[],
  classOf?: readonly string[],
): ShownTable => ({
  id: 'verdicts',
  title: 'Verdicts',
  columns: [
    ...(classOf ? ['class'] : []),
    'claim',
    'status',
    'rigor',
    'measured',
    'relation',
    'bound',
    'tightness',
    'statement',
  ].map((name) => ({ name, title: name })),
  rows: verdicts.map((verdict, i) => [
    ...(classOf ? [new Verbatim(classOf[i])] : []),
    verdict.title,
    verdict.status,
    rigorText(verdict),
    verdict.measured ?? null,
    verdict.relation ?? null,
    verdict.bound ?? null,
    verdict.tightness ?? null,
    verdict.statement,
  ]),
})

/** '3 claims hold, 0 violated, 1 does not apply, 0 undecided'. */
export const countsLine = (verdicts: readonly Verdict[]): string =>
  statusCounts(verdicts)
    .map(({ count, words }) => `${count} ${words}`)
    .join(', ')
