import { RoomError } from '../kernel/space.js'
import type { AnnotatedScene } from '../load/annotated-scene.js'
import { SceneDataError } from '../load/scene-data-error.js'

/**
 * Processes images; an out-of-memory error names the image with the most boxes.
 */
export function fitting<T>(scenes: readonly AnnotatedScene[], work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw named(scenes, error)
  }
}

/** The same for a generator. */
export function* fittingSteps<T, R>(
  scenes: readonly AnnotatedScene[],
  work: Generator<T, R>,
): Generator<T, R> {
  try {
    return yield* work
  } catch (error) {
    throw named(scenes, error)
  }
}

const named = (scenes: readonly AnnotatedScene[], error: unknown): unknown =>
  error instanceof RoomError ? tooMany(scenes, error.message) : error

/** What to say of images that there is no room for. */
function tooMany(scenes: readonly AnnotatedScene[], why: string): SceneDataError {
  const largest = scenes.reduce((most, scene) =>
    scene.boxes.length > most.boxes.length ? scene : most,
  )
  const { length } = largest.boxes
  return new SceneDataError(
    { image: largest.id },
    `boxes: ${length} are too many for this network, which uses all ${length * (length - 1)} pairs (${why}); drop boxes or the image`,
  )
}

/**
 * Scores of all pairs of an image take at most this many bytes: beyond, no network fits its own
 * memory.
 */
const MOST = 2 ** 30

/** @throws SceneDataError if the scores of all pairs alone are too many */
export function checkRoom(scene: AnnotatedScene, predicates: number): void {
  const bytes = 8 * scene.boxes.length ** 2 * predicates
  if (bytes > MOST)
    throw tooMany([scene], `their scores alone take ${(bytes / 2 ** 30).toPrecision(3)} GiB`)
}
