import type { Digits } from '@nonconvex/overparam/digits'
import type { MultilabelData } from '@nonconvex/structured/multilabel'
import { InputError } from './input-error.js'
import { FileError, type ReadScenes } from './scene-data.js'

/** A file that a result was measured from. */
export interface ReadFile {
  /** its name in the folder */
  readonly file: string
  /** SHA-256 of its bytes, as hexadecimal digits */
  readonly sha256: string
}

/** Digits from two files in MNIST format. */
export interface DigitsFiles {
  readonly digits: Digits
  readonly images: ReadFile
  readonly labels: ReadFile
}

/** Training digits, and test digits where the folder has their files. */
export interface DigitsData {
  readonly train: DigitsFiles
  readonly test: DigitsFiles | undefined
}

/**
 * How a host reads a folder of MNIST files for an experiment.
 *
 * @throws InputError if they cannot be read, naming the file, the fault and the remedy
 */
export type ReadDigits = (folder: string, signal: AbortSignal) => Promise<DigitsData>

/** Multilabel examples of a folder. */
export interface MultilabelFiles {
  readonly train: MultilabelData
  readonly test: MultilabelData
  readonly files: readonly ReadFile[]
}

/**
 * How a host reads a folder of multilabel examples for an experiment.
 *
 * @throws InputError if they cannot be read, naming the file, the fault and the remedy
 */
export type ReadMultilabel = (folder: string, signal: AbortSignal) => Promise<MultilabelFiles>

/** What a host reads for parameters that name files; absent where there are no files, as in a page. */
export interface Readers {
  readonly scenes?: ReadScenes
  readonly digits?: ReadDigits
  readonly multilabel?: ReadMultilabel
}

/** The readers among some options. */
export const readersOf = ({ scenes, digits, multilabel }: Readers): Readers => ({
  ...(scenes && { scenes }),
  ...(digits && { digits }),
  ...(multilabel && { multilabel }),
})

/**
 * The error where a parameter names files and the host reads none.
 *
 * @param use - 'run overparam/mnist --set data=FOLDER'
 */
export const cannotRead = (use: string): InputError =>
  new InputError(
    `parameter data: expected none, as files cannot be read here, got one; run \`nonconvex ${use}\``,
    undefined,
    'file-unreadable',
  )

/** Reads for a check: what cannot be read is a FileError, as nothing can be recomputed. */
export async function unlessMissing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new FileError(
      `${error.message}\nthe check reads the file that the result was measured from; run it in the folder in which its path is valid`,
      undefined,
      'file-unreadable',
    )
  }
}

/** A file by its hash, or none. */
type Hashed = { readonly sha256: string } | null | undefined

/**
 * The same for all files of a folder.
 *
 * @throws FileError unless these are the files that a result was measured from
 */
export function unchangedFiles(
  folder: string,
  was: readonly ReadFile[],
  now: readonly ReadFile[],
): void {
  for (const { file } of [...was, ...now])
    unchanged(
      `${folder}, ${file}`,
      was.find((one) => one.file === file),
      now.find((one) => one.file === file),
    )
}

/** @throws FileError unless the file is the one that a result was measured from */
export function unchanged(path: string, was: Hashed, now: Hashed): void {
  if (was?.sha256 === now?.sha256) return
  const shown = (file: Hashed): string => (file ? `SHA-256 ${file.sha256}` : 'no file')
  throw new FileError(
    `${path}: expected ${shown(was)}, the file that the result was measured from, got ${shown(now)}; restore that file, or run the experiment again`,
    undefined,
    'file-changed',
  )
}
