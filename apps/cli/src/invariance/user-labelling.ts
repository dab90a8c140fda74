import {
  pairExists,
  type Graph,
  type GraphLabeling,
  type GraphLabels,
  type Label,
} from '@nonconvex/structured'
import { graphInWords } from '@nonconvex/structured/invariance'

/** A graph as a user's function gets it: nested lists of its own, made anew for each call. */
export interface PlainGraph {
  /** n lists of d numbers */
  readonly nodes: number[][]
  /** n × n lists of e numbers; zeros where the pair does not exist, as on the diagonal */
  readonly edges: number[][][]
  /** n × n, 1 where the ordered pair exists, 0 elsewhere */
  readonly mask: number[][]
}

/**
 * A user's function. It should return `{ nodes?, edges?, graph? }`; whether it does is seen when it
 * is called.
 */
export type Model = (graph: PlainGraph) => unknown

/** A fault of a user's function, and the input on which it occurred. */
export class ModelFault extends Error {
  override readonly name: string = 'ModelFault'
  /** the input in words */
  readonly input: string | undefined

  constructor(message: string, graph?: Graph, options?: ErrorOptions) {
    super(message, options)
    this.input =
      graph && `${count(graph.nodes.rows)}${graph.nodes.rows > 0 ? `\n${graphInWords(graph)}` : ''}`
  }
}

const count = (n: number): string => `${n} ${n === 1 ? 'node' : 'nodes'}`

/**
 * A user's function as the checker takes it.
 *
 * @param url - of its module, for messages
 * @param wanted - labels that must be among those returned
 * @returns a labelling that throws a ModelFault where the function throws, or returns anything but
 *   labels of the right number
 */
export function labellingOf(
  model: Model,
  url: string,
  wanted: 'nodes' | 'edges' | 'both',
): GraphLabeling {
  return (graph) => {
    const returned = call(model, url, graph)
    const fail = (message: string): never => {
      throw new ModelFault(message, graph)
    }
    try {
      return labelsOf(returned, graph, wanted)
    } catch (error) {
      if (error instanceof Misfit) return fail(error.message)
      // a getter or a proxy of the user's
      return fail(`reading the labels threw ${thrown(error, url)}`)
    }
  }
}

function call(model: Model, url: string, graph: Graph): unknown {
  try {
    return model(plainGraph(graph))
  } catch (error) {
    throw new ModelFault(`the function threw ${thrown(error, url)}`, graph, { cause: error })
  }
}

/** Characters of a message of the user's function that are shown. */
const shownMessage = 2000

const shortened = (text: string): string =>
  text.length <= shownMessage ? text : `${text.slice(0, shownMessage)}…`

/**
 * Describes what a user's module threw, with the line of the module if it is in the stack trace:
 * 'TypeError: … (model.mjs:3:10)'.
 */
export function thrown(error: unknown, url: string): string {
  if (!(error instanceof Error)) return shortened(String(error))
  const trace = error.stack ?? ''
  const at = trace.indexOf(`${url}:`)
  const place =
    at < 0 ? undefined : /^[^/]*?:\d+(:\d+)?/.exec(trace.slice(url.lastIndexOf('/') + 1 + at))
  return `${shortened(`${error.name}: ${error.message}`)}${place ? ` (${place[0]})` : ''}`
}

/** A graph as nested lists. */
export function plainGraph(graph: Graph): PlainGraph {
  const { nodes, edges } = graph
  const n = nodes.rows
  const places = Array.from({ length: n }, (_, i) => i)
  const row = ({ cols, data }: Graph['nodes'], at: number): number[] =>
    Array.from(data.subarray(at * cols, (at + 1) * cols))
  return {
    nodes: places.map((i) => row(nodes, i)),
    edges: places.map((i) =>
      places.map((j) =>
        pairExists(graph, i, j) ? row(edges, i * n + j) : new Array<number>(edges.cols).fill(0),
      ),
    ),
    mask: places.map((i) => places.map((j) => Number(pairExists(graph, i, j)))),
  }
}

/** Something that was returned and is no labels. */
class Misfit extends Error {}

const form = '{ nodes, edges?, graph? }'

function labelsOf(returned: unknown, graph: Graph, wanted: string): GraphLabels {
  const n = graph.nodes.rows
  if (returned instanceof Promise || isThenable(returned))
    throw new Misfit(
      'expected labels, got a promise; the function must not be async: do the waiting at the top of the module',
    )
  if (listOf(returned) !== undefined)
    throw new Misfit(`expected ${form}, got a list; return { nodes: … }`)
  if (typeof returned !== 'object' || returned === null)
    throw new Misfit(`expected ${form}, got ${shown(returned)}`)
  const { nodes, edges, graph: whole } = returned as { readonly [part: string]: unknown }
  const labels: GraphLabels = {
    ...(nodes !== undefined && { nodes: rows('nodes', nodes, n).map(labelAt('nodes')) }),
    ...(edges !== undefined && { edges: edgeLabels(edges, graph) }),
    ...(whole !== undefined && { graph: numbersOf(whole) }),
  }
  if (Object.keys(labels).length === 0)
    throw new Misfit(`expected ${form} with one of them at least, got none of them`)
  const missing = wanted !== 'both' && !Object.hasOwn(labels, wanted)
  if (missing) throw new Misfit(`expected ${wanted} among the labels, as --outputs asks for`)
  return labels
}

function edgeLabels(edges: unknown, graph: Graph): Label[] {
  const n = graph.nodes.rows
  return rows('edges', edges, n).flatMap((row, i) =>
    rows(`edges[${i}]`, row, n).map((label, j) =>
      // the label of a pair that does not exist is ignored
      pairExists(graph, i, j) ? labelAt(`edges[${i}]`)(label, j) : 0,
    ),
  )
}

function numbersOf(whole: unknown): Float64Array {
  const list = listOf(whole) ?? [whole]
  const wrong = list.findIndex((x) => typeof x !== 'number')
  if (wrong >= 0)
    throw new Misfit(`graph: expected a number or a list of numbers, got ${shown(list[wrong])}`)
  return Float64Array.from(list as readonly number[])
}

function rows(name: string, value: unknown, n: number): readonly unknown[] {
  const list = listOf(value)
  if (list === undefined) throw new Misfit(`${name}: expected a list, got ${shown(value)}`)
  if (list.length !== n)
    throw new Misfit(`${name}: expected ${n} entries, one for each node, got ${list.length}`)
  return list
}

/** Lists in lists in a label; deeper ones are taken for lists that hold themselves. */
const DEPTH = 20

const labelAt =
  (name: string, depth = 0) =>
  (label: unknown, i: number): Label => {
    if (typeof label === 'number' || typeof label === 'string' || typeof label === 'boolean')
      return label
    const list = depth < DEPTH ? listOf(label) : undefined
    if (list !== undefined) return Array.from(list, labelAt(`${name}[${i}]`, depth + 1))
    throw new Misfit(
      `${name}[${i}]: expected a number, a word, true or false, or a list of these, got ${shown(label)}`,
    )
  }

/** The entries of a list or a typed array, holes included. */
function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return Array.from(value as readonly unknown[])
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return Array.from(value as unknown as ArrayLike<unknown>)
  return undefined
}

const isThenable = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { readonly then?: unknown }).then === 'function'

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null || typeof value === 'number' || typeof value === 'boolean')
    return String(value)
  if (typeof value === 'string') return JSON.stringify(value)
  return listOf(value) === undefined ? `a value of type ${typeof value}` : 'a list'
}
