import type { Experiment, Result } from '@nonconvex/experiments'
import type { Failure } from '../work/cells.js'

/** One experiment of a report: what it is, what it gave, its files and their folder. */
export interface ReportEntry {
  readonly experiment: Experiment
  readonly result: Result
  /** what makes the result again */
  readonly command: string
  /** how its rows are verified */
  readonly verification: readonly string[]
  /** its files by name */
  readonly files: ReadonlyMap<string, string | Uint8Array>
  /** where its files lie, relative to the page */
  readonly folder: string
}

/** A failure of an experiment of a report. */
export interface FailedEntry {
  readonly experiment: Experiment
  readonly record: Failure
  /** what runs it again */
  readonly command: string
  /** its record or partial result, relative to the page */
  readonly link: string
}

/** Facts about the run of a report. */
export interface ReportFacts {
  readonly seed: number
  readonly preset: string
  readonly seconds: number
  readonly version: string
  /** the viewer is beside the page, which links its figures to it */
  readonly viewer?: boolean
}

/** The id of an experiment's section: 'gaussian/gd-rate' → 'gaussian-gd-rate'. */
export const sectionId = (experiment: string): string => experiment.replace(/[^\w-]+/g, '-')

/** The id of the rows of an experiment in the ledger. */
export const ledgerId = (experiment: string): string => `ledger-${sectionId(experiment)}`

/** The id of a claim of an experiment; one claim may be decided in several experiments. */
export const claimId = (experiment: string, claim: string): string =>
  `${sectionId(experiment)}--${sectionId(claim)}`
