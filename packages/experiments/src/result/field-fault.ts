import type * as v from 'valibot'
import { shown, type InputIssue } from '../define/input-error.js'

/**
 * What a schema finds wrong in a document, in words for its reader: the path of the field, what is
 * expected there, and what is there instead, shortened.
 *
 * @param issue - an issue of valibot; a `regex` or `check` must have a message that names what is
 *   expected
 *
 * @example
 * import { fieldFault } from '@nonconvex/experiments'
 * import * as v from 'valibot'
 * const { issues = [] } = v.safeParse(v.object({ rows: v.array(v.number()) }), { rows: [1, 'x'] })
 * console.log(issues.map(fieldFault)) // → [ { where: 'rows[1]', message: 'expected a number, got "x"' } ]
 */
export function fieldFault(issue: v.BaseIssue<unknown>): InputIssue {
  const where = (issue.path ?? []).reduce((path, { key, type }) => {
    if (type === 'array') return `${path}[${String(key)}]`
    const name = shortened(String(key))
    return path === '' ? name : `${path}.${name}`
  }, '')
  return {
    where: where === '' ? 'document' : where,
    message: `expected ${expectedOf(issue)}, got ${gotOf(issue)}`,
  }
}

const kinds: { readonly [type: string]: string } = {
  Object: 'an object',
  Array: 'a list',
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
}

function expectedOf(issue: v.BaseIssue<unknown>): string {
  const { type, expected, requirement } = issue
  switch (type) {
    case 'integer':
    case 'safe_integer':
      return 'a whole number'
    case 'finite':
      return 'a finite number'
    case 'min_value':
      return `at least ${String(requirement)}`
    case 'max_value':
      return `at most ${String(requirement)}`
    case 'min_length':
      return `at least ${String(requirement)} entries`
    case 'max_length':
      return `at most ${String(requirement)} entries`
    case 'regex':
    case 'check':
      return issue.message
  }
  if (expected === 'never') return 'no such field'
  if (missing(issue)) return 'this field'
  const words = expected ?? issue.message
  return (
    kinds[words] ??
    words
      .replace(/^\((.*)\)$/, '$1')
      .split(' | ')
      .map((one) => kinds[one] ?? one)
      .join(' or ')
  )
}

/** Whether a field is not there, which a schema says by its name. */
const missing = ({ kind, input, expected, path }: v.BaseIssue<unknown>): boolean =>
  kind === 'schema' && input === undefined && expected === `"${String(path?.at(-1)?.key)}"`

function gotOf({ input }: v.BaseIssue<unknown>): string {
  if (input === undefined) return 'nothing'
  if (Array.isArray(input)) return 'a list'
  if (typeof input === 'object' && input !== null) return 'an object'
  return shown(input)
}

const longest = 60

const shortened = (name: string): string =>
  name.length > longest ? `${name.slice(0, longest - 3)}…` : name
