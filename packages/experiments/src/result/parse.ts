import * as v from 'valibot'
import { InputError, type InputIssue } from '../define/input-error.js'
import { maxDepth } from './canonical.js'
import { jsonFault } from './json-fault.js'
import type { Result } from './result.js'
import { resultSchema, schemaName } from './schema.js'

/**
 * Reads a result document. Its shape is checked to the last field, its truth is not: that is
 * `verifyResult`.
 *
 * @param text - the file's text
 * @param where - the file's name, for messages
 * @throws InputError naming line and column if it is not JSON (cut short, edited), or the path of
 *   the first wrong field; each message says what to do
 *
 * Cost: O(length); strings, shapes and nesting (64 levels) are bounded by the document itself.
 *
 * @example
 * import { findExperiment, parseResult, resultText, runExperiment } from '@nonconvex/experiments'
 * const params = { samples: 100, points: 2 }
 * const made = await runExperiment(findExperiment('gaussian/no-overlap'), { params, seed: 1 })
 * const result = parseResult(resultText(made), 'result.json')
 * console.log(result.digest === made.digest) // → true
 */
export function parseResult(text: string, where: string): Result {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw notJson(text, where)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputError(
      `${where}: expected a result document, got ${kindOf(value)}`,
      undefined,
      'result-shape',
    )
  checkVersion(value, where)
  const deep = tooDeep(value)
  if (deep !== undefined)
    throw new InputError(
      `${where}: ${deep}: expected at most ${maxDepth} levels of nesting, got more`,
      undefined,
      'result-shape',
    )
  const parsed = v.safeParse(resultSchema, value)
  if (parsed.success) return parsed.output
  const issues = parsed.issues.map(issueOf)
  const list = issues.slice(0, 5).map((issue) => `${where}: ${issue.where}: ${issue.message}`)
  if (issues.length > list.length) list.push(`${where}: and ${issues.length - list.length} more`)
  list.push('the file was edited or written by another program; run the experiment again')
  throw new InputError(list.join('\n'), issues, 'result-shape')
}

function checkVersion(value: object, where: string): void {
  const name: unknown = 'schema' in value ? value.schema : undefined
  if (name === schemaName) return
  const remedy =
    typeof name === 'string' && name.startsWith('nonconvex/result@')
      ? 'it was written by another version of nonconvex: use that version, or run the experiment again'
      : 'it is not a result of nonconvex'
  throw new InputError(
    `${where}: schema: expected "${schemaName}", got ${name === undefined ? 'none' : JSON.stringify(name)}; ${remedy}`,
    undefined,
    'result-version',
  )
}

function notJson(text: string, where: string): InputError {
  const fault = jsonFault(text)
  const at = fault < 0 ? text.length : fault
  const [message, remedy] =
    at >= text.length
      ? [
          'the text ends too early',
          'the file is cut short: copy it again, or run the experiment again',
        ]
      : [
          `expected JSON, got ${JSON.stringify(text.slice(at, at + 20))}`,
          'the file was edited: restore it, or run the experiment again',
        ]
  const before = text.slice(0, at).split('\n')
  const place = `line ${before.length}, column ${before[before.length - 1].length + 1}`
  return new InputError(
    `${where}: ${place}: ${message}; ${remedy}`,
    [{ where: place, message }],
    'result-json',
  )
}

/**
 * The path of the first value nested too deeply: found with a list of open ends, since a stack is
 * finite.
 */
function tooDeep(root: object): string | undefined {
  let level: { value: object; path: string }[] = [{ value: root, path: '' }]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return level[0].path.slice(0, 80)
    level = level.flatMap(({ value, path }) =>
      Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
        typeof inner === 'object' && inner !== null
          ? [{ value: inner, path: joined(path, key, Array.isArray(value)) }]
          : [],
      ),
    )
  }
  return undefined
}

function issueOf(issue: v.BaseIssue<unknown>): InputIssue {
  const path = (issue.path ?? []).reduce(
    (at, part) => joined(at, String(part.key), part.type === 'array'),
    '',
  )
  const expected = issue.expected ? words(issue.expected) : issue.message
  return {
    where: path || 'document',
    message: `expected ${expected}, got ${words(issue.received)}`,
  }
}

const words = (text: string): string =>
  text === 'never' ? 'no such field' : text === 'undefined' ? 'nothing' : text.slice(0, 120)

function joined(path: string, key: string, inArray: boolean): string {
  if (inArray) return `${path}[${key}]`
  return path === '' ? key : `${path}.${key}`
}

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`
