import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { InputError, type MultilabelFiles, type ReadMultilabel } from '@nonconvex/experiments'
import { MultilabelDataError, type MultilabelData } from '@nonconvex/structured/multilabel'
import { Stop } from '../exit.js'
import { isFolder, requireRegular } from '../files/regular-file.js'
import { wholeFile } from '../input/open-bytes.js'
import { openMultilabel, xmlBeside, type OpenedMultilabel } from './open-multilabel.js'

const remedy =
  'give a folder with NAME-train.arff, NAME-test.arff and NAME.xml, or with one ARFF file and its XML'

const fault = (message: string, code: 'file-unreadable' | 'file-content'): InputError =>
  new InputError(`parameter data: ${message}`, undefined, code)

/**
 * Reads a folder of multilabel examples as MULAN has them: the ARFF files of training and test
 * examples, compressed (`.gz`) or not, and the XML file that names the labels. Of a single ARFF file
 * the last fifth of the rows are the test examples.
 */
export const readMultilabel: ReadMultilabel = async (folder, signal) => {
  if (!existsSync(folder)) throw fault(`${folder}: no such folder; ${remedy}`, 'file-unreadable')
  if (!isFolder(folder))
    throw fault(`${folder}: expected a folder, got a file; ${remedy}`, 'file-unreadable')
  const names = readdirSync(folder).sort()
  const arff = names.filter((name) => /\.arff(\.gz)?$/i.test(name))
  const ending = (use: string): readonly string[] =>
    arff.filter((name) => new RegExp(`[-_]${use}\\.arff(\\.gz)?$`, 'i').test(name))
  const [train, test] = [ending('train'), ending('test')]
  const single = arff.length === 1 && train.length + test.length === 0
  if (!single && (train.length !== 1 || test.length !== 1))
    throw fault(
      `${folder}: expected the ARFF files of one set of examples, got ${arff.length === 0 ? 'none' : arff.slice(0, 4).join(', ')}; ${remedy}`,
      'file-unreadable',
    )
  const opened = async (name: string, known?: MultilabelData): Promise<OpenedMultilabel> => {
    try {
      requireRegular(join(folder, name))
      return await openMultilabel({
        path: join(folder, name),
        signal,
        flags: false,
        ...(known && { known }),
      })
    } catch (error) {
      if (!(error instanceof Stop) || signal.aborted) throw error
      const labels = error.cause instanceof MultilabelDataError && error.cause.fault === 'labels'
      throw fault(`${error.message}${labels ? `; ${remedy}` : ''}`, 'file-content')
    }
  }
  const first = await opened(single ? arff[0] : train[0])
  const second = single ? undefined : await opened(test[0], first.data)
  const [trained, tested] = second ? [first.data, second.data] : divided(first.data)
  const files: MultilabelFiles['files'][number][] = [
    { file: single ? arff[0] : train[0], sha256: first.sha256 },
    ...(second ? [{ file: test[0], sha256: second.sha256 }] : []),
  ]
  const xml = xmlBeside(join(folder, files[0].file))
  if (xml !== undefined)
    files.push({ file: basename(xml), sha256: (await wholeFile(xml, signal)).digest })
  return { train: trained, test: tested, files }
}

/** The last fifth of the rows is the second part. */
function divided(data: MultilabelData): readonly [MultilabelData, MultilabelData] {
  const rows = Math.floor(0.8 * data.rows)
  const part = (from: number, to: number): MultilabelData => ({
    ...data,
    rows: to - from,
    x: { ...data.x, start: data.x.start.slice(from, to + 1) },
    y: { ...data.y, start: data.y.start.slice(from, to + 1) },
  })
  return [part(0, rows), part(rows, data.rows)]
}
