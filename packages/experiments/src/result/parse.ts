import * as v from 'valibot'
import { InputError, type InputIssue } from '../define/input-error.js'
import { maxDepth } from './canonical.js'
import type { Result } from './result.js'
import { resultSchema, schemaName } from './schema.js'

/**
 * Reads a result document. Its shape is checked to the last field, its truth is not: that is `verifyResult`.
 *
 * @param text - the file's text
 * @param where - the file's name, for messages
 * @throws InputError naming line and column if it is not JSON (cut short, edited), or the path of the
 *   first wrong field; each message says what to do
 *
 * Cost: O(length); strings, shapes and nesting (64 levels) are bounded by the document itself.
 *
 * @example
 * const result = parseResult(readFileSync('result.json', 'utf8'), 'result.json')
 */
export function parseResult(text: string, where: string): Result {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw notJson(text, where, error)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InputError(`${where}: expected a result document, got ${kindOf(value)}`)
  checkVersion(value, where)
  const deep = tooDeep(value)
  if (deep !== undefined)
    throw new InputError(
      `${where}: ${deep}: expected at most ${maxDepth} levels of nesting, got more`,
    )
  const parsed = v.safeParse(resultSchema, value)
  if (parsed.success) return parsed.output
  const issues = parsed.issues.map(issueOf)
  const list = issues.slice(0, 5).map((issue) => `${where}: ${issue.where}: ${issue.message}`)
  if (issues.length > list.length) list.push(`${where}: and ${issues.length - list.length} more`)
  list.push('the file was edited or written by another program; run the experiment again')
  throw new InputError(list.join('\n'), issues)
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
  )
}

function notJson(text: string, where: string, error: unknown): InputError {
  const message = error instanceof Error ? error.message : String(error)
  const at = placeOf(text, message)
  const remedy =
    at >= text.trimEnd().length
      ? 'the file is cut short: copy it again, or run the experiment again'
      : 'the file was edited: restore it, or run the experiment again'
  const before = text.slice(0, at).split('\n')
  const line = before.length
  const column = before[line - 1].length + 1
  const place = `line ${line}, column ${column}`
  const said = message.replace(/ in JSON at position.*| at position.*|, ".*/su, '')
  return new InputError(`${where}: ${place}: expected JSON, got an error (${said}); ${remedy}`, [
    { where: place, message: said },
  ])
}

/** Engines say where JSON broke in different words; none of them means at the end. */
function placeOf(text: string, message: string): number {
  const position = /position (\d+)/.exec(message)
  if (position) return Math.min(Number(position[1]), text.length)
  const lined = /line (\d+) column (\d+)/.exec(message)
  if (!lined) return text.length
  const lines = text.split('\n').slice(0, Number(lined[1]) - 1)
  const start = lines.reduce((sum, line) => sum + line.length + 1, 0)
  return Math.min(start + Number(lined[2]) - 1, text.length)
}

/** The path of the first value nested too deeply: found with a list of open ends, since a stack is finite. */
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
