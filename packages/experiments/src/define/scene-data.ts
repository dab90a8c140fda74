import type { AnnotatedScene, Vocabulary } from '@nonconvex/structured/load'
import { InputError } from './input-error.js'

/** Annotated scenes that were read from files. */
export interface SceneFile extends Vocabulary {
  /** 'ndjson', 'vrd' and so on */
  readonly format: string
  /** SHA-256 of what was read, as hexadecimal digits */
  readonly sha256: string
  readonly scenes: readonly AnnotatedScene[]
  /** whether the published evaluation of this format counts the last pixel of a box */
  readonly inclusive: boolean
}

/** Training scenes, and test scenes where there is a file of them. */
export interface SceneData {
  readonly train: SceneFile
  readonly test: SceneFile | undefined
}

/**
 * How a host reads annotated scenes for an experiment.
 *
 * @param data - path of the training scenes, as the user gave it
 * @param test - path of the test scenes; default: the test split beside the training file
 * @throws InputError if they cannot be read, naming the file, the place and the fault
 */
export type ReadScenes = (
  data: string,
  test: string | undefined,
  signal: AbortSignal,
) => Promise<SceneData>

/**
 * A file that a result was made from is missing, cannot be read, or has changed: the result can be
 * neither confirmed nor refuted, as nothing can be recomputed.
 *
 * @example
 * import { FileError, InputError } from '@nonconvex/experiments'
 * console.log(new FileError('a.ndjson: no such file') instanceof InputError) // → true
 */
export class FileError extends InputError {
  override readonly name = 'FileError'
}
