import * as v from 'valibot'
import { InputError, shown } from '../define/input-error.js'
import { maxDepth } from './canonical.js'
import { fieldFault } from './field-fault.js'
import { jsonFault, mostValues, type JsonFault } from './json-fault.js'
import type { Result } from './result.js'
import { resultSchema, schemaName } from './schema.js'

/**
 * Parses a result document. The shape of every field is checked; `verifyResult` checks the numbers.
 *
 * @param text - the file's text
 * @param where - the file's name, for messages
 * @throws InputError naming line and column if it is not JSON (cut short, edited) or JSON that
 *   programs read differently (a name twice in an object), or the path of the first wrong field; each message says what to do
 *
 * Cost: O(length), at most 64 MB; the first wrong field ends the check.
 *
 * @example
 * import { findExperiment, parseResult, resultText, runExperiment } from '@nonconvex/experiments'
 * const params = { samples: 100, points: 2 }
 * const made = await runExperiment(findExperiment('gaussian/no-overlap'), { params, seed: 1 })
 * const result = parseResult(resultText(made), 'result.json')
 * console.log(result.digest === made.digest) // → true
 */
export function parseResult(text: string, where: string): Result {
  const value = parseJson(text, where, 'run the experiment again')
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputError(
      `${where}: expected a result document, got ${kindOf(value)}`,
      undefined,
      'result-shape',
    )
  checkVersion(value, where)
  const parsed = v.safeParse(resultSchema, value, { abortEarly: true })
  if (parsed.success) return parsed.output
  const issues = parsed.issues.map(fieldFault)
  const [issue] = issues
  throw new InputError(
    `${where}: ${issue.where}: ${issue.message}\nthe file was edited or written by another program; run the experiment again`,
    issues,
    'result-shape',
  )
}

/** Characters of a document at most. */
const longest = 2 ** 26

/**
 * Reads JSON that every program reads alike: no name is twice in an object, none is one that objects
 * of JavaScript have by themselves (`__proto__`), numbers are finite, and nesting and size are
 * bounded.
 *
 * @param text - the file's text, of at most 2²⁶ characters with at most 2²² values in 64 levels
 * @param where - the file's name, for messages
 * @param remedy - what makes the file again: 'run the experiment again'
 * @throws InputError naming line and column, and what to do
 *
 * Cost: O(length).
 *
 * @example
 * import { InputError, parseJson } from '@nonconvex/experiments'
 * try {
 *   parseJson('{"a": 1, "a": 2}', 'a.json', 'export it again')
 * } catch (error) {
 *   console.log(error.message) // → a.json: line 1, column 10: expected each name once in an object, got "a" again; the file was edited: restore it, or export it again
 * }
 */
export function parseJson(text: string, where: string, remedy: string): unknown {
  if (text.length > longest)
    throw new InputError(
      `${where}: expected a document of at most ${longest} characters, got ${text.length}; ${remedy}`,
      undefined,
      'result-json',
    )
  const fault = jsonFault(text)
  if (fault === undefined) return JSON.parse(text) as unknown
  const { at, kind } = fault
  const cut = kind === 'syntax' && at >= text.length
  const message = cut ? 'the text ends too early' : faults[kind](text.slice(at, at + 20))
  const place = placeOf(text, at)
  throw new InputError(
    `${where}: ${place}: ${message}; the file ${cut ? 'is cut short: copy it again' : 'was edited: restore it'}, or ${remedy}`,
    [{ where: place, message }],
    'result-json',
  )
}

const faults: { readonly [K in JsonFault['kind']]: (rest: string) => string } = {
  syntax: (rest) => `expected JSON, got ${JSON.stringify(rest)}`,
  depth: () => `expected at most ${maxDepth} levels of nesting, got more`,
  count: () => `expected at most ${mostValues} values, got more`,
  repeated: (rest) => `expected each name once in an object, got ${nameIn(rest)} again`,
  reserved: (rest) => `expected the name of a field, got ${nameIn(rest)}, which no document has`,
  infinite: (rest) => `expected a number below 1.8e308, got ${/^[-+.\deE]*/.exec(rest)?.[0]}`,
}

const nameIn = (rest: string): string => /^"(?:[^"\\]|\\.)*"/.exec(rest)?.[0] ?? `${rest}…`

function placeOf(text: string, at: number): string {
  let line = 1
  let start = 0
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', start)) {
    line += 1
    start = end + 1
  }
  return `line ${line}, column ${at - start + 1}`
}

function checkVersion(value: object, where: string): void {
  const name: unknown = 'schema' in value ? value.schema : undefined
  if (name === schemaName) return
  const remedy =
    typeof name === 'string' && name.startsWith('nonconvex/result@')
      ? 'it was written by another version of nonconvex: use that version, or run the experiment again'
      : 'it is not a result of nonconvex'
  throw new InputError(
    `${where}: schema: expected "${schemaName}", got ${name === undefined ? 'none' : shown(name)}; ${remedy}`,
    undefined,
    'result-version',
  )
}

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`
