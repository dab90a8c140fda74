import { SceneDataError } from './scene-data-error.js'

/** Adds the name of one of several files to the errors of its reader. */
export async function* inPart<T>(part: string, items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items
  } catch (error) {
    if (!(error instanceof SceneDataError) || error.place.part !== undefined) throw error
    throw new SceneDataError({ ...error.place, part }, error.problem)
  }
}
