import { MultilabelDataError, numberOf, RowBuilder, type MultilabelData } from './data.js'
import { dataLines, type Pieces } from './lines.js'

/** Which attributes of an ARFF file are labels. */
export interface ArffOptions {
  /**
   * names, as in the XML file of MULAN; or how many: the first n, or for a negative number the last
   * −n; default: as `-C n` in the name of the relation says (MEKA)
   */
  readonly labels?: readonly string[] | number
  /**
   * whether examples are read that have no labels yet: attributes of these names may be missing, and
   * their values are not read; default no
   */
  readonly unlabeled?: boolean
}

interface Attribute {
  readonly name: string
  readonly line: number
  /** undefined for a number */
  readonly values: readonly string[] | undefined
}

/** How a value of an attribute becomes features, or a label. */
type Column =
  | { readonly kind: 'label'; readonly label: number; readonly positive: string }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'number'; readonly at: number }
  | { readonly kind: 'one-hot'; readonly at: ReadonlyMap<string, number | undefined> }

/**
 * Reads multilabel examples in ARFF, as of MULAN and MEKA: dense and sparse rows, `%` comments,
 * keywords in any case, names in quotes or not; a backslash in an unquoted name is literal. In a
 * sparse row what is not listed is 0, or the first value of a nominal attribute.
 *
 * Numeric attributes and those with the values 0 and 1 are one feature. A nominal attribute of
 * several values becomes a feature 'name=value' for each, one of two values a feature for the
 * second. Labels are attributes with the values 0 and 1, or false and true; they keep the order of
 * the file.
 *
 * @param pieces - the file in pieces, text or bytes; it is streamed
 * @throws MultilabelDataError with the line: another arity, an unknown nominal value, a bad, repeated or
 *   decreasing index, a missing value, repeated names, labels that are no attributes
 *
 * @example
 * import { readArff } from '@nonconvex/structured/multilabel'
 * const text = '@relation r\n@attribute x numeric\n@attribute a {0,1}\n@data\n2.5,1\n{0 3}\n'
 * const { rows, labels, x } = await readArff([text], { labels: ['a'] })
 * console.log(rows, labels, [...x.value]) // → 2 [ 'a' ] [ 2.5, 3 ]
 */
export async function readArff(pieces: Pieces, options: ArffOptions = {}): Promise<MultilabelData> {
  const attributes: Attribute[] = []
  const names = new Map<string, number>()
  let relation = ''
  let columns: Columns | undefined
  const builder = new RowBuilder()
  for await (const { line, text } of dataLines(pieces)) {
    if (text.startsWith('%')) continue
    if (columns) {
      if (text.startsWith('{')) sparseRow(text, line, columns, builder)
      else denseRow(text, line, columns, builder)
      continue
    }
    const keyword = /^@([a-z]+)(?=\s|$)/i.exec(text)?.[1].toLowerCase()
    if (keyword === 'relation') relation = text
    else if (keyword === 'attribute') {
      const one = attributeOf(text, line)
      const before = names.get(one.name)
      if (before !== undefined)
        throw new MultilabelDataError(
          'header',
          line,
          `expected each attribute name once, got ${JSON.stringify(one.name)} again, first on line ${before}; rename one`,
        )
      names.set(one.name, line)
      attributes.push(one)
    } else if (keyword === 'data') columns = columnsOf(attributes, relation, options, line)
    else
      throw new MultilabelDataError(
        'header',
        line,
        `expected @relation, @attribute or @data, got ${JSON.stringify(text.slice(0, 40))}`,
      )
  }
  if (!columns)
    throw new MultilabelDataError('header', 0, 'expected a line @data, got none; give an ARFF file')
  return builder.done(columns.features, columns.labels)
}

interface Columns {
  readonly attributes: readonly Attribute[]
  readonly of: readonly Column[]
  readonly features: readonly string[]
  readonly labels: readonly string[]
  /** attributes whose absence in a sparse row is no zero: the first value has a feature */
  readonly first: readonly number[]
}

/** A token of a list: in quotes, where a backslash escapes, or up to the separator. */
function tokens(text: string, line: number): string[] {
  const found: string[] = []
  let at = 0
  for (;;) {
    while (at < text.length && /\s/.test(text[at])) at++
    const quote = text[at]
    let token = ''
    if (quote === "'" || quote === '"') {
      at++
      while (at < text.length && text[at] !== quote) {
        if (text[at] === '\\' && at + 1 < text.length) at++
        token += text[at++]
      }
      if (at >= text.length)
        throw new MultilabelDataError('row', line, `expected a closing ${quote}; add it`)
      at++
      while (at < text.length && /\s/.test(text[at])) at++
    } else {
      const end = text.indexOf(',', at)
      token = text.slice(at, end < 0 ? text.length : end).trim()
      at = end < 0 ? text.length : end
    }
    found.push(token)
    if (at >= text.length) return found
    if (text[at] !== ',')
      throw new MultilabelDataError(
        'row',
        line,
        `expected a comma, got ${JSON.stringify(text.slice(at, at + 20))}`,
      )
    at++
  }
}

function attributeOf(text: string, line: number): Attribute {
  const rest = text.replace(/^@[a-z]+\s*/i, '')
  const match = /^(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^\s{]+))\s*([\s\S]*)$/.exec(rest)
  if (!match || match[4] === '')
    throw new MultilabelDataError(
      'header',
      line,
      `expected @attribute NAME TYPE, got ${JSON.stringify(text.slice(0, 60))}`,
    )
  const quoted = (match as (string | undefined)[])[1] ?? (match as (string | undefined)[])[2]
  const name = quoted === undefined ? match[3] : quoted.replace(/\\(.)/g, '$1')
  const type = match[4].trim()
  if (/^(numeric|real|integer)$/i.test(type)) return { name, line, values: undefined }
  if (type.startsWith('{') && type.endsWith('}')) {
    const values = tokens(type.slice(1, -1), line)
    if (new Set(values).size === values.length) return { name, line, values }
    throw new MultilabelDataError(
      'header',
      line,
      `expected distinct values of ${name}, got ${type.slice(0, 60)}`,
    )
  }
  throw new MultilabelDataError(
    'header',
    line,
    `expected numeric, real, integer or {values} as type of ${name}, got ${type.slice(0, 40)}; drop the attribute, or convert it`,
  )
}

function columnsOf(
  attributes: readonly Attribute[],
  relation: string,
  { labels: asked, unlabeled = false }: ArffOptions,
  line: number,
): Columns {
  const fail = (at: number, problem: string, part: 'data' | 'xml' = 'data'): never => {
    throw new MultilabelDataError('labels', at, problem, part)
  }
  const stated = /-C\s+(-?\d+)/i.exec(relation)?.[1]
  const choice = asked ?? (stated === undefined ? undefined : Number(stated))
  if (choice === undefined)
    return fail(
      0,
      'cannot tell labels from features; give the XML file of the set, the names of the labels or their number',
    )
  const chosen = new Set<string>()
  if (typeof choice === 'number') {
    const count = Math.abs(choice)
    if (!Number.isInteger(choice) || count < 1 || count > attributes.length)
      fail(
        line,
        `expected from 1 to ${attributes.length} labels, as there are attributes, got ${count}`,
      )
    const range = choice > 0 ? attributes.slice(0, count) : attributes.slice(-count)
    for (const { name } of range) chosen.add(name)
  } else
    for (const name of choice) {
      if (!unlabeled && !attributes.some((one) => one.name === name))
        fail(
          0,
          `expected labels that are attributes of the data, got ${JSON.stringify(name)}; give the XML file that belongs to the data`,
          'xml',
        )
      chosen.add(name)
    }
  const features: string[] = []
  const labels: string[] = []
  const first: number[] = []
  const of = attributes.map(({ name, line: at, values }, i): Column => {
    if (chosen.has(name)) {
      if (unlabeled) return { kind: 'ignored' }
      const sorted = [...(values ?? [])]
        .map((one) => one.toLowerCase())
        .sort()
        .join()
      if (values !== undefined && sorted !== '0,1' && sorted !== 'false,true')
        fail(
          at,
          `expected the values {0,1} of label ${JSON.stringify(name)}, got {${values.join(',')}}`,
        )
      labels.push(name)
      const positive = values?.find((one) => /^(1|true)$/i.test(one)) ?? '1'
      if (values && values[0] === positive) first.push(i)
      return { kind: 'label', label: labels.length - 1, positive }
    }
    if (values === undefined || values.every((one) => one === '0' || one === '1'))
      return { kind: 'number', at: features.push(name) - 1 }
    const places = new Map<string, number | undefined>()
    values.forEach((value, k) => {
      const skipped = values.length <= 2 && k === 0
      places.set(value, skipped ? undefined : features.push(`${name}=${value}`) - 1)
    })
    if (values.length > 2) first.push(i)
    return { kind: 'one-hot', at: places }
  })
  if (features.length === 0) fail(line, 'expected features besides the labels, got none')
  return { attributes, of, features, labels: unlabeled ? [...chosen] : labels, first }
}

function put(i: number, text: string, line: number, columns: Columns, builder: RowBuilder): void {
  const { name, values } = columns.attributes[i]
  const column = columns.of[i]
  if (column.kind === 'ignored') return
  if (text === '?')
    throw new MultilabelDataError(
      'missing',
      line,
      `expected a value of ${JSON.stringify(name)}, got ?; fill in missing values, or drop the row`,
    )
  if (values && !values.includes(text))
    throw new MultilabelDataError(
      'nominal',
      line,
      `expected one of {${values.slice(0, 10).join(',')}${values.length > 10 ? ',…' : ''}} for ${JSON.stringify(name)}, got ${JSON.stringify(text)}`,
    )
  if (column.kind === 'label') {
    const on = values ? text === column.positive : labelValue(text, line, name)
    if (on) builder.label(column.label)
  } else if (column.kind === 'number') builder.value(column.at, numberOf(text, line, name))
  else {
    const at = column.at.get(text)
    if (at !== undefined) builder.value(at, 1)
  }
}

function labelValue(text: string, line: number, name: string): boolean {
  const x = numberOf(text, line, name)
  if (x !== 0 && x !== 1)
    throw new MultilabelDataError(
      'labels',
      line,
      `expected 0 or 1 for label ${JSON.stringify(name)}, got ${text}`,
    )
  return x === 1
}

function denseRow(text: string, line: number, columns: Columns, builder: RowBuilder): void {
  const values = tokens(text, line)
  if (values.length !== columns.attributes.length)
    throw new MultilabelDataError(
      'row',
      line,
      `expected ${columns.attributes.length} values, as there are attributes, got ${values.length}`,
    )
  values.forEach((value, i) => {
    put(i, value, line, columns, builder)
  })
  builder.endRow()
}

function sparseRow(text: string, line: number, columns: Columns, builder: RowBuilder): void {
  if (!text.endsWith('}'))
    throw new MultilabelDataError('row', line, 'expected a closing } at the end of a sparse row')
  const inside = text.slice(1, -1).trim()
  const listed = new Set<number>()
  let last = -1
  for (const part of inside === '' ? [] : sparseParts(inside, line)) {
    const [, number, value] = /^(\S+)\s+([\s\S]+)$/.exec(part) ?? []
    const i = Number(number)
    if (value === undefined || !Number.isInteger(i) || i < 0 || i >= columns.attributes.length)
      throw new MultilabelDataError(
        'index',
        line,
        `expected 'index value' with an index from 0 to ${columns.attributes.length - 1}, got ${JSON.stringify(part.slice(0, 40))}`,
      )
    if (i <= last)
      throw new MultilabelDataError(
        'index',
        line,
        `expected increasing indices, got ${i} after ${last}${listed.has(i) ? '; it is a duplicate' : ''}`,
      )
    last = i
    listed.add(i)
    put(i, tokens(value, line)[0], line, columns, builder)
  }
  for (const i of columns.first)
    if (!listed.has(i)) put(i, columns.attributes[i].values?.[0] ?? '0', line, columns, builder)
  builder.endRow()
}

/** 'index value' parts; commas in quotes do not separate. */
function sparseParts(text: string, line: number): string[] {
  if (!/['"]/.test(text)) return text.split(',').map((part) => part.trim())
  const parts = text.match(/(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^,'"])+/g)
  if (parts === null) throw new MultilabelDataError('row', line, 'expected index value pairs')
  return parts.map((part) => part.trim())
}
