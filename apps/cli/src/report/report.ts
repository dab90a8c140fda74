import type { Experiment, Result } from '@nonconvex/experiments'
import { mathStyles, textFaces } from './fonts.js'
import { html, raw } from './html.js'
import { palette } from './palette.js'
import type { FailureRecord } from '../files/failure-file.js'
import { countsLine, ledger } from './ledger.js'
import { section } from './section.js'
import { styles } from './styles/index.js'

/** One experiment of a report: what it is, what it gave, its files and their folder. */
export interface ReportEntry {
  readonly experiment: Experiment
  readonly result: Result
  /** what makes the result again */
  readonly command: string
  /** its files by name */
  readonly files: ReadonlyMap<string, string | Uint8Array>
  /** where its files lie, relative to the page */
  readonly folder: string
}

/** An experiment of a report that gave no result. */
export interface FailedEntry {
  readonly experiment: Experiment
  readonly record: FailureRecord
  /** what runs it again */
  readonly command: string
  /** where its record lies, relative to the page */
  readonly folder: string
}

/** What a report says of its run. */
export interface ReportFacts {
  readonly seed: number
  readonly preset: string
  readonly seconds: number
  readonly version: string
}

/** The id of an experiment's section: 'gaussian/gd-rate' → 'gaussian-gd-rate'. */
export const sectionId = (experiment: string): string => experiment.replace(/[^\w-]+/g, '-')

// nothing is fetched, nothing runs: styles and fonts are in the page
const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"

/**
 * The report as one page: the ledger of theorems, then a section for each experiment. It needs no
 * network and no scripts; formulas are typeset and fonts are in it. The same entries and facts give
 * the same bytes.
 *
 * @param failed - experiments without a result: they stand on top of the ledger
 */
export function makeReport(
  entries: readonly ReportEntry[],
  facts: ReportFacts,
  failed: readonly FailedEntry[] = [],
): string {
  const body = html`<header>
      <h1>
        How gradient descent succeeds despite <span>non-convexity</span> and
        <span>over-parameterisation</span>
      </h1>
      <p class="lead">
        Each theorem below was run on this machine: its hypotheses were measured, its conclusion was
        checked on the run, and its figure was drawn from one seed.
      </p>
      ${countsLine(entries, facts, failed.length)}
    </header>
    <main>
      ${ledger(entries, failed)}
      <p class="how">
        Each section ends with its data and the commands that make it again and check it, for the
        npm package <code>nonconvex</code>. In a clone of the repository <code>nonconvex</code> is
        <code>npm run -s nonconvex --</code>
      </p>
      ${entries.map(section)}
    </main>`
  const css = [textFaces(body.text), mathStyles(body.text), palette(body.text), styles].join('\n')
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="nonconvex ${facts.version}">
<link rel="icon" href="data:,">
<title>nonconvex: claims, seed ${facts.seed}, ${facts.preset} preset</title>
<style>
${raw(css)}
</style>
</head>
<body>
${body}
</body>
</html>
`
  return page.text
}
