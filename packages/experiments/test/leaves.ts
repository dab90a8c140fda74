import { isPacked, pack, unpack, type Packed } from '../src/result/packed.js'

/** A number, text, truth value or null in a document, or a number of a packed array. */
export interface Leaf {
  /** as findings name it: 'rows[2].measured.loss', 'figures[0].panels[1].frames.map.value[7]' */
  readonly path: string
  /**
   * the path with every index left out: leaves of one shape are written and checked by the same
   * code
   */
  readonly shape: string
  /** path of the packed array that it is part of */
  readonly packed?: string
  /** the document with this leaf changed: a number by 1e-3 of itself or by 1, a text by a letter */
  readonly edit: (document: unknown) => unknown
  /** the document with this number as text */
  readonly retype?: (document: unknown) => unknown
}

type Step = string | number

/** All leaves of a document, in order. */
export function leavesOf(document: unknown): Leaf[] {
  return [...walk(document, [])]
}

/** The first and the last leaf of each shape. */
export function sample(leaves: readonly Leaf[]): Leaf[] {
  const shapes = new Map<string, Leaf[]>()
  for (const leaf of leaves) {
    const alike = shapes.get(leaf.shape)
    if (alike) alike.push(leaf)
    else shapes.set(leaf.shape, [leaf])
  }
  return [...shapes.values()].flatMap((alike) => [...new Set([alike[0], alike[alike.length - 1]])])
}

/** The leaves in lists of at most `most`, those of one whole in different lists. */
export function apart(
  leaves: readonly Leaf[],
  most: number,
  wholeOf: (leaf: Leaf) => string | undefined,
): Leaf[][] {
  const lists: Leaf[][] = []
  for (const leaf of leaves) {
    const whole = wholeOf(leaf)
    const fits = (list: readonly Leaf[]): boolean =>
      list.length < most && (whole === undefined || list.every((each) => wholeOf(each) !== whole))
    const list = lists.find(fits)
    if (list) list.push(leaf)
    else lists.push([leaf])
  }
  return lists
}

function* walk(value: unknown, at: readonly Step[], packed?: string): Generator<Leaf> {
  if (isPacked(value)) {
    const whole = pathOf(at)
    yield* packedLeaves(value, at)
    yield* walk(value.dtype, [...at, 'dtype'], whole)
    yield* walk(value.shape, [...at, 'shape'], whole)
    return
  }
  if (typeof value === 'object' && value !== null) {
    const entries: [Step, unknown][] = Array.isArray(value)
      ? value.map((item, i) => [i, item])
      : Object.entries(value)
    for (const [step, item] of entries) yield* walk(item, [...at, step], packed)
  } else {
    const retype = (document: unknown): unknown => put(document, at, String)
    yield { ...leaf(at, changed, { packed }), ...(typeof value === 'number' && { retype }) }
  }
}

function* packedLeaves(packed: Packed, at: readonly Step[]): Generator<Leaf> {
  const size = unpack(packed).length
  for (let i = 0; i < size; i++)
    yield leaf(
      at,
      (old) => {
        const numbers = unpack(old as Packed)
        numbers[i] = changed(numbers[i]) as number
        return pack(numbers, (old as Packed).shape)
      },
      { packed: pathOf(at), item: i },
    )
}

const pathOf = (steps: readonly Step[]): string =>
  steps
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : i > 0 ? `.${step}` : step))
    .join('')

/** The leaf at a path, or a number of the packed array there. */
function leaf(
  at: readonly Step[],
  change: (old: unknown) => unknown,
  { packed, item }: { readonly packed: string | undefined; readonly item?: number },
): Leaf {
  const path = pathOf(item === undefined ? at : [...at, item])
  return {
    path,
    shape: path.replace(/\[\d+\]/g, '[]'),
    ...(packed !== undefined && { packed }),
    edit: (document) => put(document, at, change),
  }
}

function changed(old: unknown): unknown {
  if (typeof old === 'number') return Number.isInteger(old) ? old + 1 : old * (1 + 1e-3)
  if (typeof old === 'string') return `${old}x`
  return typeof old === 'boolean' ? !old : 1
}

/** A copy along the path, the rest shared. */
function put(value: unknown, path: readonly Step[], change: (old: unknown) => unknown): unknown {
  if (path.length === 0) return change(value)
  const [step, ...rest] = path
  const copy = (Array.isArray(value) ? value.slice() : { ...(value as object) }) as {
    [step: Step]: unknown
  }
  copy[step] = put(copy[step], rest, change)
  return copy
}
