import { extname } from 'node:path'
import { workerData, type MessagePort } from 'node:worker_threads'
import type { GraphLabeling } from '@nonconvex/structured'
import { checkGPI, type CheckGPIOptions, type GPIReport } from '@nonconvex/structured/invariance'
import { labellingOf, ModelFault, thrown, type Model } from '../invariance/user-labelling.js'

/** A check for a worker thread. */
export interface InvarianceJob {
  /** address of the user's module */
  readonly url: string
  readonly name?: string
  readonly options: Omit<CheckGPIOptions, 'sampler'>
  /** for the reply; the module does not get hold of it as it does of `parentPort` */
  readonly port: MessagePort
  /** [1] in shared memory: 1 once the module is loaded, one more at the start of each call */
  readonly state: Int32Array
}

/** What was found of the function that the module exports under this name. */
export interface InvarianceFound {
  readonly name: string
  readonly report: Exclude<GPIReport, { readonly reason: 'nondeterministic' }>
  /**
   * how often the function was called, and how often some label was NaN, which equals itself in
   * this check and may hide a difference
   */
  readonly calls: { readonly all: number; readonly nan: number }
}

/** What a check came to. */
export type InvarianceReply = InvarianceFound | { readonly fault: ModelTrouble }

/** What is wrong with the user's module, as plain data. */
export interface ModelTrouble {
  readonly message: string
  /** the input on which the function failed, in words */
  readonly input?: string
  /** of the user's own exception */
  readonly stack?: string
}

async function check({ url, name, options, state }: InvarianceJob): Promise<InvarianceReply> {
  try {
    const found = modelOf(await load(url), name)
    Atomics.add(state, 0, 1)
    const F = labellingOf(found.model, url, options.outputs ?? 'both')
    const calls = { all: 0, nan: 0 }
    const counted: GraphLabeling = (graph) => {
      Atomics.add(state, 0, 1)
      const labels = F(graph)
      calls.all++
      if (hasNaN(Object.values(labels))) calls.nan++
      return labels
    }
    const report = checkGPI(counted, options)
    if (!report.ok && report.reason === 'nondeterministic')
      throw new ModelFault(report.statement, report.input)
    return { name: found.name, report, calls }
  } catch (error) {
    if (!(error instanceof ModelFault)) throw error
    const { message, input, cause } = error
    const stack = cause instanceof Error ? cause.stack : undefined
    return { fault: { message, ...(input !== undefined && { input }), ...(stack && { stack }) } }
  }
}

/** Whether some number in lists of lists is none. */
function hasNaN(value: unknown): boolean {
  if (typeof value === 'number') return Number.isNaN(value)
  if (value instanceof Float64Array) return value.some(Number.isNaN)
  return Array.isArray(value) && value.some(hasNaN)
}

/** TypeScript before Node 22.18 and 23.6, which remove its types, and any other kind of file. */
const isUnknownType = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_UNKNOWN_FILE_EXTENSION'

async function load(url: string): Promise<{ readonly [name: string]: unknown }> {
  try {
    return (await import(url)) as { readonly [name: string]: unknown }
  } catch (error) {
    if (isUnknownType(error))
      throw new ModelFault(
        `expected a module that Node ${process.versions.node} loads, got the file type ${extname(url)}; give JavaScript as .mjs${/ts$/.test(url) ? ', or use Node 22.18 or newer, which runs .mts' : ''}`,
      )
    const remedy = error instanceof SyntaxError ? '; node --check locates it' : ''
    throw new ModelFault(`expected an ES module, got ${thrown(error, url)}${remedy}`, undefined, {
      cause: error,
    })
  }
}

/**
 * Reports errors of the user's module outside of its calls; the first one ends the check.
 */
function reportLate({ url, port }: InvarianceJob): () => void {
  const report = (what: string, error: unknown) => {
    const stack = error instanceof Error ? error.stack : undefined
    const message = `${what} ${thrown(error, url)}; catch it, or finish all work before the function returns`
    port.postMessage({ fault: { message, ...(stack && { stack }) } })
  }
  const onException = (error: unknown) => report('uncaught outside of its calls:', error)
  const onRejection = (reason: unknown) => report('unhandled promise rejection:', reason)
  process.on('uncaughtException', onException).on('unhandledRejection', onRejection)
  return () => {
    process.off('uncaughtException', onException).off('unhandledRejection', onRejection)
  }
}

/**
 * Lets run what the function has put off until now: rejections, timers that are due at once,
 * immediates.
 */
async function oneTurn(): Promise<void> {
  // timers of one duration run in their order
  await new Promise((resume) => setTimeout(resume))
  await new Promise((resume) => setImmediate(resume))
}

async function work(job: InvarianceJob): Promise<void> {
  const stop = reportLate(job)
  try {
    const reply = await check(job)
    if (!('fault' in reply)) await oneTurn()
    job.port.postMessage(reply)
    // stays until the reply has come and the thread is ended
    job.port.ref()
  } catch (error) {
    // not the user's
    stop()
    throw error
  }
}

await work(workerData as InvarianceJob)

/** A user's function, and under which name its module exports it. */
export interface FoundModel {
  readonly model: Model
  readonly name: string
}

/**
 * The function that a module exports: the one asked for; or else the default export, the one called
 * F, or the only one.
 *
 * @param exports - what `import()` gave
 * @throws ModelFault if there is none, or it is no function
 */
export function modelOf(exports: { readonly [name: string]: unknown }, asked?: string): FoundModel {
  const functions = Object.keys(exports).filter((name) => typeof exports[name] === 'function')
  const all = functions.length === 0 ? 'no function' : functions.join(', ')
  const take = (name: string): FoundModel => {
    const found = Object.hasOwn(exports, name) ? exports[name] : undefined
    if (typeof found === 'function') return { model: found as Model, name }
    const what = found === undefined ? 'none' : `one that is no function (${typeof found})`
    throw new ModelFault(`expected a function as export ${name}, got ${what}; it exports ${all}`)
  }
  if (asked !== undefined) return take(asked)
  if (Object.hasOwn(exports, 'default')) return take('default')
  if (functions.includes('F')) return take('F')
  if (functions.length === 1) return take(functions[0])
  throw new ModelFault(
    functions.length === 0
      ? 'expected a function as default export, got a module that exports none; write export default function (graph) { … }'
      : `expected a default export or one function, got ${all}; pass --export NAME`,
  )
}
