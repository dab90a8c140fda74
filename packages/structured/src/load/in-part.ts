import { SceneDataError } from './scene-data-error.js'

/** What a reader of one of several files gives; its errors name that file. */
export async function* inPart<T>(part: string, items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items
  } catch (error) {
    if (!(error instanceof SceneDataError) || error.place.part !== undefined) throw error
    throw new SceneDataError({ ...error.place, part }, error.problem)
  }
}
