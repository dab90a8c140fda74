import { csvRows } from './csv.js'
import { MultilabelDataError, numberOf } from './data.js'
import { dataLines, type Pieces } from './lines.js'

/** Probabilities of labels, or 0 and 1 for labels that are chosen. */
export interface PredictedLabels {
  readonly labels: readonly string[]
  readonly rows: number
  /** rows × labels, in [0, 1] */
  readonly p: Float64Array
  /** whether all are 0 or 1 */
  readonly chosen: boolean
}

/**
 * Reads predictions from CSV with a column for each label, named by it, and a row for each example:
 * probabilities, or 0 and 1.
 *
 * @param pieces - the file in pieces, text or bytes; it is streamed
 * @throws MultilabelDataError with the line: another number of values, values that are not in [0, 1],
 *   repeated columns, no rows
 *
 * @example
 * import { readPredictedColumns } from '@nonconvex/structured/multilabel'
 * const { labels, p, chosen } = await readPredictedColumns(['a,b\n0.25,1\n0,0.5\n'])
 * console.log(labels, [...p], chosen) // → [ 'a', 'b' ] [ 0.25, 1, 0, 0.5 ] false
 */
export async function readPredictedColumns(pieces: Pieces): Promise<PredictedLabels> {
  let labels: readonly string[] = []
  const all: Float64Array[] = []
  for await (const { line, names, values } of csvRows(pieces)) {
    labels = names
    if (values === undefined) continue
    all.push(
      Float64Array.from(values, (value, l) => {
        const x = numberOf(value, line, JSON.stringify(names[l]))
        if (x >= 0 && x <= 1) return x
        throw new MultilabelDataError(
          'number',
          line,
          `expected a probability in [0, 1] for ${JSON.stringify(names[l])}, got ${value}; convert scores to probabilities, or to 0 and 1`,
        )
      }),
    )
  }
  if (all.length === 0) throw new MultilabelDataError('empty', 0, 'expected predictions, got none')
  const p = new Float64Array(all.length * labels.length)
  all.forEach((row, r) => p.set(row, r * labels.length))
  return { labels, rows: all.length, p, chosen: p.every((x) => x === 0 || x === 1) }
}

/** Which examples are predicted, and what labels there are. */
export interface LabelSetsOptions {
  readonly rows: number
  readonly labels: readonly string[]
  /** whether there may be other labels, which are appended; default no */
  readonly others?: boolean
}

/**
 * Reads sets of labels, one JSON object with `labels`, a list of names, on each line. They are of
 * the examples in their order, or of those that `example`, a number from 1, names; other fields are
 * ignored.
 *
 * @param pieces - the file in pieces, text or bytes; it is streamed
 * @throws MultilabelDataError with the line: no such object, an unknown or repeated label, an
 *   example that is unknown, repeated or missing
 *
 * @example
 * import { readLabelSets } from '@nonconvex/structured/multilabel'
 * const lines = ['{"labels": ["b"]}\n', '{"labels": []}\n']
 * console.log([...(await readLabelSets(lines, { rows: 2, labels: ['a', 'b'] })).p]) // → [ 0, 1, 0, 0 ]
 */
export async function readLabelSets(
  pieces: Pieces,
  { rows, labels, others = false }: LabelSetsOptions,
): Promise<PredictedLabels> {
  const names = [...labels]
  const number = new Map(names.map((name, l) => [name, l]))
  const sets: (readonly number[] | undefined)[] = Array.from({ length: rows })
  let next = 0
  for await (const { line, text } of dataLines(pieces)) {
    const { example, labels: own } = setOf(text, line)
    const r = example === undefined ? next : example - 1
    next = r + 1
    if (!(Number.isInteger(r) && r >= 0 && r < rows) || sets[r] !== undefined)
      throw new MultilabelDataError(
        'row',
        line,
        `expected each of ${rows} examples once, got example ${r + 1}${sets[r] === undefined ? '' : ' again'}`,
      )
    const set = own.map((name) => {
      const l = number.get(name)
      if (l !== undefined) return l
      if (!others)
        throw new MultilabelDataError(
          'labels',
          line,
          `expected labels of the examples, got ${JSON.stringify(name)}; they are ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}`,
        )
      number.set(name, names.length)
      return names.push(name) - 1
    })
    if (new Set(set).size < set.length)
      throw new MultilabelDataError('labels', line, 'expected each label once, got one again')
    sets[r] = set
  }
  const missing = sets.indexOf(undefined)
  if (missing >= 0)
    throw new MultilabelDataError(
      'row',
      0,
      `expected each of ${rows} examples once, got none for example ${missing + 1}`,
    )
  const p = new Float64Array(rows * names.length)
  sets.forEach((set, r) => set?.forEach((l) => (p[r * names.length + l] = 1)))
  return { labels: names, rows, p, chosen: true }
}

interface LabelSet {
  readonly example: number | undefined
  readonly labels: readonly string[]
}

function setOf(text: string, line: number): LabelSet {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // the message below names what was read
  }
  if (typeof value === 'object' && value !== null) {
    const { example, labels }: { example?: unknown; labels?: unknown } = value
    if (
      Array.isArray(labels) &&
      labels.every((name) => typeof name === 'string') &&
      (example === undefined || typeof example === 'number')
    )
      return { example, labels }
  }
  throw new MultilabelDataError(
    'row',
    line,
    `expected a JSON object such as {"example": 1, "labels": ["a", "b"]}, got ${JSON.stringify(text.slice(0, 60))}`,
  )
}
