import type { AnnotatedScene } from '@nonconvex/structured/load'
import type { Stream } from '@nonconvex/tensor'
import { InputError } from '../../define/input-error.js'
import type { SceneData, SceneFile } from '../../define/scene-data.js'
import type { ScenesParams } from './params.js'

/** An image with its classes and relations. */
export type TrueScene = AnnotatedScene & Required<Pick<AnnotatedScene, 'classes' | 'relations'>>

/**
 * Real images to learn from and for tests; of both only those with relations count for tests and
 * training.
 */
export interface RealImages {
  readonly train: readonly TrueScene[]
  readonly test: readonly TrueScene[]
}

/**
 * The images of both parts. Where there is one file alone, a tenth of its images is for tests,
 * drawn from `source`.
 *
 * @throws InputError where an image is not annotated, or a part has too few with relations
 */
export function realImages(
  { train, test }: SceneData,
  { data = '', dataTest }: ScenesParams,
  source: Stream,
): RealImages {
  const all = annotated(data, train)
  const parts = test
    ? { train: all, test: annotated(dataTest ?? 'the images beside it', test) }
    : tenth(all, source)
  const related = {
    train: parts.train.filter(({ relations }) => relations.length > 0).length,
    test: parts.test.filter(({ relations }) => relations.length > 0).length,
  }
  if (related.train < 2 || related.test < 1)
    throw new InputError(
      `${data}: expected 2 images with relations or more to learn from and 1 for tests, got ${related.train} and ${related.test}; give more, or images for tests as dataTest=FILE`,
    )
  return parts
}

function tenth(all: readonly TrueScene[], source: Stream): RealImages {
  const held = new Set(source.sample(all.length, Math.ceil(all.length / 10)))
  return {
    train: all.filter((_, i) => !held.has(i)),
    test: all.filter((_, i) => held.has(i)),
  }
}

function annotated(path: string, { scenes }: SceneFile): TrueScene[] {
  return scenes.map((scene) => {
    const { id, classes, relations } = scene
    if (classes === undefined || relations === undefined)
      throw new InputError(
        `${path}, image ${JSON.stringify(id)}: expected classes and relations, got none; leave the image out, or annotate it`,
      )
    return { ...scene, classes, relations }
  })
}
