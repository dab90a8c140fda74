import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { InputError, type DigitsFiles, type ReadDigits } from '@nonconvex/experiments'
import { DigitsError, gunzip, loadIdx } from '@nonconvex/overparam/digits'
import { isFolder, readRegular } from '../files/regular-file.js'

/** How a set of MNIST files begins, by its use. */
const sets = { train: 'train', test: 't10k' } as const

const remedy =
  'give the folder of train-images-idx3-ubyte and train-labels-idx1-ubyte, compressed (.gz) or not'

const fault = (message: string, code: 'file-unreadable' | 'file-content'): InputError =>
  new InputError(`parameter data: ${message}`, undefined, code)

/**
 * Reads a folder of the official MNIST files, `train-images-idx3-ubyte` and
 * `train-labels-idx1-ubyte`, and the test files `t10k-…` if they are there; each compressed (`.gz`)
 * or not, and with a dot in place of the last hyphen but one, as some sites name them.
 */
export const readDigits: ReadDigits = async (folder, signal) => {
  if (!existsSync(folder)) throw fault(`${folder}: no such folder; ${remedy}`, 'file-unreadable')
  if (!isFolder(folder))
    throw fault(`${folder}: expected a folder, got a file; ${remedy}`, 'file-unreadable')
  const names = readdirSync(folder)
  const train = await filesOf(folder, names, sets.train)
  if (!train)
    throw fault(
      `${folder}: expected the file ${nameOf(sets.train, 'images')}, got none; ${remedy}`,
      'file-unreadable',
    )
  signal.throwIfAborted()
  return { train, test: await filesOf(folder, names, sets.test) }
}

const nameOf = (set: string, what: 'images' | 'labels'): string =>
  `${set}-${what}-idx${what === 'images' ? 3 : 1}-ubyte`

/** Images and labels of a set; none if there are no images. */
async function filesOf(
  folder: string,
  names: readonly string[],
  set: string,
): Promise<DigitsFiles | undefined> {
  const found = (what: 'images' | 'labels'): string | undefined => {
    const name = nameOf(set, what)
    const dotted = name.replace('-idx', '.idx')
    return [name, dotted, `${name}.gz`, `${dotted}.gz`].find((each) => names.includes(each))
  }
  const [images, labels] = [found('images'), found('labels')]
  if (images === undefined) return undefined
  if (labels === undefined)
    throw fault(
      `${folder}: expected the file ${nameOf(set, 'labels')} beside ${images}, got none; ${remedy}`,
      'file-unreadable',
    )
  const [first, second] = [await bytesOf(folder, images), await bytesOf(folder, labels)]
  try {
    const digits = await loadIdx(first.content, second.content)
    return {
      digits,
      images: { file: images, sha256: first.sha256 },
      labels: { file: labels, sha256: second.sha256 },
    }
  } catch (error) {
    if (!(error instanceof DigitsError)) throw error
    const { message } = error
    const ofImages = /^(parseIdxImages|loadIdx: expected images)/.test(message)
    const where = ofImages ? images : labels
    throw fault(`${join(folder, where)}: ${message}`, 'file-content')
  }
}

async function bytesOf(folder: string, name: string) {
  const path = join(folder, name)
  const bytes = regularBytes(path)
  try {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    return { sha256, content: await gunzip(bytes) }
  } catch (error) {
    if (!(error instanceof DigitsError)) throw error
    throw fault(`${path}: ${error.message}`, 'file-content')
  }
}

function regularBytes(path: string): Uint8Array {
  try {
    return readRegular(path)
  } catch (error) {
    throw fault(
      `${path}: ${error instanceof Error ? error.message : String(error)}; ${remedy}`,
      'file-unreadable',
    )
  }
}
