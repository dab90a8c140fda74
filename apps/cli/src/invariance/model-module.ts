import { ModelFault, type Model } from './user-labelling.js'

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
      : `expected a default export or one function, got ${all}; say --export NAME`,
  )
}
