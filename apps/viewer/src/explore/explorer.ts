import type { Experiment, ParamSchema, ParamValues, Part } from '@nonconvex/experiments'
import type { ComponentType } from 'preact'

/** What an explorer's view gets. */
export interface ExplorerProps<P> {
  readonly params: P
  readonly seed: number
  /** the hash that opens the page with these values */
  readonly address: string
}

/**
 * An interactive page with its values in the address, as those of an experiment are.
 */
export interface Explorer<P = ParamValues> {
  /** its path in the address: 'landscape' of '#/landscape' */
  readonly id: string
  readonly name: string
  readonly part: Part
  /** what can be done there, in one line */
  readonly title: string
  /** a few sentences under the title */
  readonly about: string
  readonly formula: string
  readonly params: ParamSchema<P>
  /** instructive values, each with the text of its button and what it shows */
  readonly presets: readonly {
    readonly name: string
    readonly title: string
    readonly input: Partial<P>
  }[]
  /** its component, loaded when the page is opened */
  readonly view: () => Promise<ComponentType<ExplorerProps<P>>>
}

/** What has parameters and an address of its own. */
export type Subject = Experiment | Explorer

/** The address of a subject with default values. */
export function hrefOf(subject: Subject): string {
  return 'view' in subject ? `#/${subject.id}` : `#/run/${subject.id}`
}

/**
 * An explorer among those of other parameters; its view only ever gets what its own schema has
 * read.
 */
export function explorer<P extends ParamValues>(of: Explorer<P>): Explorer {
  return of as unknown as Explorer
}
