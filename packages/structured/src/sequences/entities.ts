import { SceneDataError } from '../load/scene-data-error.js'

/**
 * How tags mark entities. `iob2`: B- at each first token; `iob1`: B- only between two neighbors of one
 * type; `iobes`: E- at the last, S- at a single token; `none`: labels are no entities.
 */
export const tagSchemes = ['iob2', 'iob1', 'iobes', 'none'] as const
export type TagScheme = (typeof tagSchemes)[number]

/** Labels of a sequence with the lines that they are from. */
export interface TaggedLines {
  readonly lines: readonly number[]
  readonly tags: readonly string[]
}

const TAG = /^([BIES])-(.+)$/

/** Prefix and type of a tag; anything that is no tag is outside. */
function partsOf(tag: string | undefined): readonly [prefix: string, type: string] {
  const [, prefix = 'O', type = ''] = TAG.exec(tag ?? 'O') ?? []
  return [prefix, type]
}

/** What is wrong with a tag after another one. */
function faultOf(scheme: TagScheme, before: string | undefined, tag: string): string | undefined {
  const [p, type] = partsOf(before)
  const [q, own] = partsOf(tag)
  const inside = p !== 'O' && type === own
  const got = `got ${tag} after ${before ?? 'the begin of a sequence'}`
  if (q === 'O' && tag !== 'O') return `expected O or a tag like B-PER, got ${tag}`
  if (scheme !== 'iobes' && (q === 'E' || q === 'S')) return `expected B-, I- or O, got ${tag}`
  if (scheme === 'iob2' && q === 'I' && !inside) return `expected B-${own}, ${got}`
  if (scheme === 'iob1' && q === 'B' && !inside) return `expected I-${own}, ${got}`
  if (scheme !== 'iobes') return undefined
  const open = p === 'B' || p === 'I'
  if (open !== (q === 'I' || q === 'E') || (open && type !== own))
    return open ? `expected I-${type} or E-${type}, ${got}` : `expected B-, S- or O, ${got}`
  return undefined
}

/** The first fault of a file under a scheme; an IOBES entity must also end with its sequence. */
function firstFault(
  scheme: TagScheme,
  all: readonly TaggedLines[],
): { readonly line: number; readonly problem: string } | undefined {
  for (const { lines, tags } of all) {
    for (const [t, tag] of tags.entries()) {
      const problem = faultOf(scheme, tags[t - 1], tag)
      if (problem !== undefined) return { line: lines[t], problem }
    }
    const last = tags.at(-1)
    const [prefix, type] = partsOf(last)
    if (scheme === 'iobes' && (prefix === 'B' || prefix === 'I'))
      return {
        line: lines[lines.length - 1],
        problem: `expected E-${type} or S-${type} at the end of a sequence, got ${last}`,
      }
  }
  return undefined
}

/**
 * The scheme of the tags of a file: the given one, or the first of IOB2, IOB1 and IOBES that all tags
 * obey; `none` if no label looks like a tag.
 *
 * @throws SceneDataError with the line of the first tag that is not of the scheme
 *
 * @example
 * import { tagScheme } from '@nonconvex/structured/sequences'
 * console.log(tagScheme([{ lines: [1, 2], tags: ['I-PER', 'B-PER'] }])) // → iob1
 */
export function tagScheme(all: readonly TaggedLines[], given?: TagScheme): TagScheme {
  const tags = new Set(all.flatMap((one) => one.tags))
  const prefixes = new Set([...tags].map((tag) => partsOf(tag)[0]))
  const none = prefixes.size === 1 && prefixes.has('O')
  if (given === 'none' || (given === undefined && none)) return 'none'
  const possible: readonly TagScheme[] =
    given !== undefined
      ? [given]
      : prefixes.has('E') || prefixes.has('S')
        ? ['iobes']
        : ['iob2', 'iob1']
  const found = possible.find((scheme) => firstFault(scheme, all) === undefined)
  if (found) return found
  const fault = firstFault(possible[0], all)
  throw new SceneDataError(
    fault ? { line: fault.line } : {},
    `${fault?.problem ?? 'expected tags'} (${possible[0].toUpperCase()}); correct the tag, or fit with --scheme none`,
  )
}

/** An entity: its type, its first token, and the one after its last. */
export interface Entity {
  readonly type: string
  readonly start: number
  readonly end: number
}

/**
 * The entities of tags, as conlleval counts them: a token begins a new one if its type differs from that of the
 * token before, if its prefix is B or S, or if that of the token before is E or S. Tags that break
 * their scheme are so repaired.
 *
 * @example
 * import { entitiesOf } from '@nonconvex/structured/sequences'
 * console.log(entitiesOf(['B-PER', 'I-PER', 'O', 'I-LOC']).map(({ type, start, end }) => `${type} ${start}-${end}`)) // → [ 'PER 0-2', 'LOC 3-4' ]
 */
export function entitiesOf(tags: readonly string[]): readonly Entity[] {
  const found: { type: string; start: number; end: number }[] = []
  let before = partsOf(undefined)
  for (const [t, tag] of tags.entries()) {
    const here = partsOf(tag)
    const [prefix, type] = here
    if (prefix !== 'O') {
      const goes = before[0] !== 'O' && before[0] !== 'E' && before[0] !== 'S'
      if (goes && type === before[1] && prefix !== 'B' && prefix !== 'S')
        found[found.length - 1].end = t + 1
      else found.push({ type, start: t, end: t + 1 })
    }
    before = here
  }
  return found
}

/** Entities of one type: how many are true, predicted, and both. */
export interface EntityCounts {
  readonly type: string
  readonly true: number
  readonly predicted: number
  readonly correct: number
}

/** How well labels of sequences are predicted. */
export interface SequenceScores {
  readonly sequences: number
  readonly tokens: number
  /** tokens with the right label */
  readonly correct: number
  /** sequences without a wrong label */
  readonly whole: number
  /** by type, in alphabetical order; none if labels are no tags */
  readonly entities: readonly EntityCounts[]
}

/**
 * Compares true and predicted labels: an entity is correct if type, first and last token are.
 *
 * @param pairs - true and predicted labels of each sequence, of equal length
 *
 * @example
 * import { entityF1, sequenceScores } from '@nonconvex/structured/sequences'
 * const { entities } = sequenceScores([[['B-PER', 'O', 'B-LOC'], ['B-PER', 'O', 'O']]], 'iob2')
 * console.log(entities.map(({ type }) => type), entityF1(entities).f1.toFixed(3)) // → [ 'LOC', 'PER' ] 0.667
 */
export function sequenceScores(
  pairs: readonly (readonly [truth: readonly string[], predicted: readonly string[]])[],
  scheme: TagScheme,
): SequenceScores {
  const counts = new Map<string, { true: number; predicted: number; correct: number }>()
  const of = (type: string): { true: number; predicted: number; correct: number } => {
    const known = counts.get(type) ?? { true: 0, predicted: 0, correct: 0 }
    counts.set(type, known)
    return known
  }
  let [tokens, correct, whole] = [0, 0, 0]
  for (const [truth, predicted] of pairs) {
    const right = truth.filter((label, t) => label === predicted[t]).length
    tokens += truth.length
    correct += right
    if (right === truth.length) whole++
    if (scheme === 'none') continue
    const key = ({ type, start, end }: Entity): string => `${start} ${end} ${type}`
    const wanted = entitiesOf(truth)
    const known = new Set(wanted.map(key))
    for (const { type } of wanted) of(type).true++
    for (const entity of entitiesOf(predicted)) {
      of(entity.type).predicted++
      if (known.has(key(entity))) of(entity.type).correct++
    }
  }
  const entities = [...counts]
    .map(([type, count]) => ({ type, ...count }))
    .sort((a, b) => (a.type < b.type ? -1 : 1))
  return { sequences: pairs.length, tokens, correct, whole, entities }
}

/**
 * Precision, recall and F1 of entities of all given types together; 0 where nothing is counted, as
 * conlleval has it.
 */
export function entityF1(entities: readonly Omit<EntityCounts, 'type'>[]): {
  readonly precision: number
  readonly recall: number
  readonly f1: number
} {
  const sum = (of: 'true' | 'predicted' | 'correct'): number =>
    entities.reduce((total, one) => total + one[of], 0)
  const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b)
  const [truth, predicted, correct] = [sum('true'), sum('predicted'), sum('correct')]
  return {
    precision: ratio(correct, predicted),
    recall: ratio(correct, truth),
    f1: ratio(2 * correct, truth + predicted),
  }
}
