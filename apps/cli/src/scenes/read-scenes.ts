import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { InputError, type ReadScenes, type SceneFile } from '@nonconvex/experiments'
import type { AnnotatedScene, Vocabulary } from '@nonconvex/structured/load'
import { exit, Stop } from '../exit.js'
import { isPipe, needsFile } from '../input/pipes.js'
import { openScenes, sameNames } from './open-scenes.js'

/**
 * Reads annotated scenes for an experiment, with the loaders of `fit scenes`. Without a file for
 * tests: the test part of VG150, of other formats the file next to it with `test` instead of `train` in its
 * name, if it exists.
 */
export const readScenes: ReadScenes = async (data, test, signal) => {
  try {
    const train = await whole(data, 'train', signal)
    const tests = test ?? (train.format === 'vg150' ? data : besideIt(data))
    return {
      train,
      test:
        tests === undefined
          ? undefined
          : await whole(tests, 'test', signal, { path: data, ...train }),
    }
  } catch (error) {
    // an experiment knows bad input by its own class, and in which parameter it is
    if (error instanceof Stop && error.status === exit.input)
      throw new InputError(`parameter data: ${error.message}`)
    throw error
  }
}

async function whole(
  path: string,
  split: 'train' | 'test',
  signal: AbortSignal,
  known?: Vocabulary & { readonly path: string },
): Promise<SceneFile> {
  if (existsSync(path) && isPipe(path)) throw needsFile(path, 'verify reads it again')
  const opened = await openScenes({ path, split, signal, ...(known && { vocabulary: known }) })
  try {
    const { format, header, inclusive } = opened
    const { classes, predicates } = header
    if (known) sameNames(path, header, known, known.path)
    const scenes: AnnotatedScene[] = []
    await opened.each((scene) => void scenes.push(scene))
    return { format, classes, predicates, inclusive, scenes, sha256: opened.digest() }
  } finally {
    opened.close()
  }
}

function besideIt(path: string): string | undefined {
  const name = basename(path)
  const other = join(dirname(path), name.replace(/train(?!.*train)/i, 'test'))
  return other !== join(dirname(path), name) && existsSync(other) ? other : undefined
}
