/** A place in scene data: line from 1, id of the image. */
export interface ScenePlace {
  readonly line?: number
  readonly image?: string | number
  /** the file, of several that belong together */
  readonly part?: string
}

/**
 * A fault in scene data; the message names fault, place and remedy. The caller adds the file name.
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

/** A value for a message, truncated. */
export function shown(value: unknown): string {
  const text =
    value === undefined
      ? 'nothing'
      : typeof value === 'number' || typeof value === 'bigint'
        ? String(value)
        : (JSON.stringify(value) ?? typeof value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
