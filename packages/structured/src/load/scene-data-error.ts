/** Where in the data of scenes: lines count from 1, an image has the id that the data give it. */
export interface ScenePlace {
  readonly line?: number
  readonly image?: string | number
  /** which of several files that belong together */
  readonly part?: string
}

/**
 * Data of scenes that cannot be used: what is wrong, where, and what to do. The reader of the file
 * knows its name.
 */
export class SceneDataError extends Error {
  override readonly name: string = 'SceneDataError'
  readonly place: ScenePlace
  /** without the place */
  readonly problem: string

  /** @param problem - 'expected a class from 1 to 100, got 101', without the place */
  constructor(place: ScenePlace, problem: string) {
    const { line, image, part } = place
    const where = [
      ...(part === undefined ? [] : [part]),
      ...(line === undefined ? [] : [`line ${line}`]),
      ...(image === undefined ? [] : [`image ${JSON.stringify(image)}`]),
    ].join(', ')
    super(where === '' ? problem : `${where}: ${problem}`)
    this.place = place
    this.problem = problem
  }
}

const LONGEST = 40

/** A value for a message, cut where it is long. */
export function shown(value: unknown): string {
  const text =
    value === undefined
      ? 'nothing'
      : typeof value === 'number' || typeof value === 'bigint'
        ? String(value)
        : (JSON.stringify(value) ?? typeof value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
