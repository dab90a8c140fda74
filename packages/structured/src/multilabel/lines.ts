import { SceneDataError } from '../load/scene-data-error.js'
import { linesOf, type Pieces } from '../load/text-pieces.js'
import { MultilabelDataError } from './data.js'

export type { Pieces } from '../load/text-pieces.js'

const LONGEST = 2 ** 26

/** The lines of a file that are not empty, with their numbers. */
export async function* dataLines(
  pieces: Pieces,
): AsyncGenerator<{ readonly line: number; readonly text: string }> {
  try {
    yield* linesOf(pieces, LONGEST)
  } catch (error) {
    if (!(error instanceof SceneDataError)) throw error
    throw new MultilabelDataError('encoding', error.place.line ?? 0, error.problem)
  }
}
