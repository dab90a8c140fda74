import { InputError, type ParamValues } from '@nonconvex/experiments'
import type { Subject } from '../explore/explorer.js'
import { parseSeed } from './seed.js'
import { textOf } from './text.js'

/** What stands in the form's fields: texts, right or wrong. */
export interface Draft {
  readonly texts: { readonly [name: string]: string }
  readonly seed: string
}

/** A draft as the subject's schema reads it. */
export interface Reading {
  /** there if and only if there is no error */
  readonly values?: { readonly params: ParamValues; readonly seed: number }
  /** by parameter name: what is wrong and what is allowed */
  readonly errors: { readonly [name: string]: string }
  readonly seedError?: string
}

/** The texts that show these values. */
export function draftOf(subject: Subject, params: ParamValues, seed: number): Draft {
  const entries = Object.entries(subject.params.fields).map(([name, field]) => {
    const text = textOf(params[name] ?? field.default)
    // a list's numbers stand apart; a text is its author's own
    return [name, Array.isArray(field.default) ? text.replaceAll(',', ', ') : text]
  })
  return { texts: Object.fromEntries(entries) as Draft['texts'], seed: String(seed) }
}

/** Reads all fields; each error stands at its own field. Never throws. */
export function readDraft(subject: Subject, draft: Draft): Reading {
  const errors: Record<string, string> = {}
  let params: ParamValues | undefined
  let seed: number | undefined
  let seedError: string | undefined
  try {
    params = subject.params.parse(draft.texts)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    for (const { where, message } of error.issues) errors[where] = remark(where, message)
  }
  try {
    seed = parseSeed(draft.seed)
  } catch (error) {
    seedError = remark('', error instanceof Error ? error.message : String(error))
  }
  if (params && seed !== undefined) return { values: { params, seed }, errors }
  return seedError === undefined ? { errors } : { errors, seedError }
}

/** Whether two presets of values are the same, by what they are written as. */
export function sameParams(subject: Subject, a: ParamValues, b: ParamValues): boolean {
  return Object.keys(subject.params.fields).every(
    (name) => textOf(a[name] ?? null) === textOf(b[name] ?? null),
  )
}

/** A message as it is said beside its field, where the name need not be repeated. */
function remark(where: string, message: string): string {
  const text = message.replace(`parameter ${where}: `, '').replace(/^seed: /, '')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
