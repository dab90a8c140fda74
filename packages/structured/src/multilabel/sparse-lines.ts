import { MultilabelDataError, numberOf, RowBuilder, type MultilabelData } from './data.js'
import { dataLines, type Pieces } from './lines.js'

/** How lines of `l1,l2 index:value …` are read. */
export interface SparseLinesOptions {
  /**
   * xmc: the first line has the numbers of rows, features and labels, and all indices are from 0;
   * svmlight (default): no such line
   */
  readonly header?: 'xmc' | 'svmlight'
  /** the least feature index, of svmlight; default: 0 if it occurs, else 1 */
  readonly base?: 0 | 1
  /** how many features there are, of svmlight; default: up to the largest index */
  readonly features?: number
  /** the labels by name, of svmlight; default: those that occur */
  readonly labels?: readonly string[]
}

/**
 * Reads multilabel examples as `l1,l2 index:value index:value # comment`, in the manner of svmlight
 * or with the first line of the XMC repository. The list of labels may be empty.
 *
 * @param pieces - the file in pieces, text or bytes; it is streamed
 * @throws MultilabelDataError with the line: bad, repeated or decreasing indices, values that are
 *   no numbers, unknown or repeated labels, another number of rows than the first line says
 *
 * @example
 * import { readSparseLines } from '@nonconvex/structured/multilabel'
 * const { labels, features, y } = await readSparseLines(['3,1 1:2 4:1\n1:1\n'])
 * console.log(labels, features.length, [...y.start]) // → [ '1', '3' ] 4 [ 0, 2, 2 ]
 */
export async function readSparseLines(
  pieces: Pieces,
  options: SparseLinesOptions = {},
): Promise<MultilabelData> {
  const xmc = options.header === 'xmc'
  const builder = new RowBuilder()
  const known = options.labels
  const names = [...(known ?? [])]
  const number = new Map(names.map((name, l) => [name, l]))
  let sizes: readonly number[] | undefined
  let [least, most] = [Infinity, -1]
  let first = true
  for await (const { line, text: raw } of dataLines(pieces)) {
    const text = raw.replace(/(^|\s)#.*$/, '').trimEnd()
    if (text === '') continue
    if (xmc && first) {
      first = false
      sizes = text.split(/\s+/).map(Number)
      if (sizes.length !== 3 || sizes.some((n) => !Number.isInteger(n) || n < 1))
        throw new MultilabelDataError(
          'header',
          line,
          `expected three whole numbers, of rows, features and labels, got ${JSON.stringify(text.slice(0, 40))}`,
        )
      for (let l = 0; l < sizes[2]; l++) number.set(String(names.push(String(l)) - 1), l)
      continue
    }
    const parts = text.split(/\s+/)
    const list = parts[0].includes(':') ? '' : (parts.shift() ?? '')
    const own = new Set<string>()
    for (const label of list === '' ? [] : list.split(',')) {
      const name = xmc && /^\d+$/.test(label) ? String(Number(label)) : label
      if (name === '' || own.has(name))
        throw new MultilabelDataError(
          'labels',
          line,
          `expected distinct labels separated by commas, got ${JSON.stringify(list.slice(0, 60))}`,
        )
      own.add(name)
      let l = number.get(name)
      if (l === undefined) {
        if (xmc || known)
          throw new MultilabelDataError(
            'labels',
            line,
            xmc
              ? `expected labels from 0 to ${names.length - 1}, got ${label}`
              : `expected labels of the model, got ${JSON.stringify(label)}`,
          )
        l = names.push(name) - 1
        number.set(name, l)
      }
      builder.label(l)
    }
    let last = -1
    for (const part of parts) {
      const colon = part.indexOf(':')
      const i = colon < 1 ? NaN : Number(part.slice(0, colon))
      const end =
        xmc && sizes
          ? sizes[1]
          : options.features === undefined
            ? 2 ** 31
            : options.features + (options.base ?? 1)
      if (!Number.isInteger(i) || i < (options.base ?? 0) || i >= end)
        throw new MultilabelDataError(
          'index',
          line,
          `expected index:value with an index from ${options.base ?? 0} to ${end - 1}, got ${JSON.stringify(part.slice(0, 40))}`,
        )
      if (i <= last)
        throw new MultilabelDataError(
          'index',
          line,
          `expected increasing indices, got ${i} after ${last}`,
        )
      last = i
      least = Math.min(least, i)
      most = Math.max(most, i)
      builder.value(i, numberOf(part.slice(colon + 1), line, `feature ${i}`))
    }
    builder.endRow()
  }
  if (sizes && builder.rows !== sizes[0])
    throw new MultilabelDataError(
      'row',
      0,
      `expected ${sizes[0]} rows, as the first line says, got ${builder.rows}; the file may be cut off`,
    )
  if (names.length === 0)
    throw new MultilabelDataError('labels', 0, 'expected labels, got none in any row')
  const base = xmc ? 0 : (options.base ?? (least === 0 ? 0 : 1))
  const count = sizes?.[1] ?? options.features ?? most + 1 - base
  if (count < 1 && builder.rows > 0)
    throw new MultilabelDataError('row', 0, 'expected index:value in some row, got labels only')
  const features = Array.from({ length: count }, (_, i) => String(i + base))
  const sorted = known || xmc ? names : [...names].sort(byNumber)
  const place = new Map(sorted.map((name, l) => [name, l]))
  const order = names.map((name) => place.get(name) ?? 0)
  const data = builder.done(features, sorted, order)
  if (base === 1) data.x.index.forEach((i, t) => (data.x.index[t] = i - 1))
  return data
}

/** By number if all are numbers, else by text. */
function byNumber(a: string, b: string): number {
  const difference = Number(a) - Number(b)
  return Number.isNaN(difference) ? (a < b ? -1 : 1) : difference
}
