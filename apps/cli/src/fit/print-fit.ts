import type { Verdict } from '@nonconvex/optim/claims'

import { printTables, type TableFormat } from '../terminal/print-tables.js'
import type { Terminal } from '../terminal/terminal.js'
import { countsLine, verdictLines, verdictTable } from '../terminal/verdicts.js'
import { inlineTexToText } from '../text/tex.js'
import type { ShownModel } from './fitted-model.js'
import { legend, legendTitle } from './summary.js'

interface ShownFit extends ShownModel {
  /** the user's name of the data */
  readonly data: string
  readonly seed: number
  readonly verdicts: readonly Verdict[]
  /** of each verdict, where there are several classes */
  readonly classOf: readonly string[] | undefined
}

/** Prints what was fitted: sentences, claims and tables; the tables alone in another format. */
export function printFit(fit: ShownFit, format: TableFormat, terminal: Terminal): void {
  const { style } = terminal
  const { data, seed, verdicts, summary, classOf } = fit
  const tables = fit.tables()
  if (format !== 'table') {
    printTables([verdictTable(verdicts, classOf), ...tables], terminal, format)
    return
  }
  terminal.print(style.strong(data))
  for (const text of summary()) terminal.paragraph(inlineTexToText(text))
  terminal.print()
  // those of several classes are in the report
  if (!classOf) {
    for (const verdict of verdicts)
      for (const line of verdictLines(verdict, terminal)) terminal.print(line)
    terminal.print()
  }
  printTables(tables, terminal)
  terminal.print()
  terminal.print(style.strong(legendTitle))
  for (const text of legend) terminal.paragraph(inlineTexToText(text))
  terminal.print()
  terminal.print(`${countsLine(verdicts)}; seed ${seed}`)
}
