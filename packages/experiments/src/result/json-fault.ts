import { maxDepth } from './canonical.js'

/** What is wrong with a text that ought to be JSON. */
export interface JsonFault {
  /** the first character that cannot stand there; the text's length if it ends too early */
  readonly at: number
  /** `syntax`: not JSON; the others are JSON that programs read differently, or that is too large */
  readonly kind: 'syntax' | 'depth' | 'count' | 'repeated' | 'reserved' | 'infinite'
}

/** Values of one document at most: 64 MB of text hold more only if they are single digits. */
export const mostValues = 2 ** 22

/**
 * Where a text stops being JSON that every program reads alike, or undefined. Engines say in
 * different words, and not always, where JSON breaks. Besides broken JSON these are refused:
 *
 * - a name twice in one object (of which some programs take the first value, and some the last),
 * - a name that objects of JavaScript have by themselves (`__proto__`, `constructor`), which programs
 *   drop or obey,
 * - a number beyond float64, which reads as infinity,
 * - more than 64 levels of nesting, or 2²² values.
 *
 * Cost: O(length); no recursion.
 * For `{"a": one}` it is a fault of syntax at 6, for `[1, 2` at 5, for `{"a":1,"a":2}` a repeated
 * name at 7.
 */
export function jsonFault(text: string): JsonFault | undefined {
  /** the names so far of each open object, nothing for a list */
  const open: (Set<string> | undefined)[] = []
  let at = skip(text, 0)
  let values = 0
  let expecting: 'value' | 'value or ]' | 'key' | 'key or }' | 'more' = 'value'
  for (;;) {
    const c = text[at]
    if (expecting === 'more') {
      if (open.length === 0) return at < text.length ? { at, kind: 'syntax' } : undefined
      const inObject = open[open.length - 1] !== undefined
      if (c === ',') expecting = inObject ? 'key' : 'value'
      else if (c === (inObject ? '}' : ']')) open.pop()
      else return { at, kind: 'syntax' }
      at = skip(text, at + 1)
    } else if (
      (expecting === 'key or }' && c === '}') ||
      (expecting === 'value or ]' && c === ']')
    ) {
      open.pop()
      expecting = 'more'
      at = skip(text, at + 1)
    } else if (expecting === 'key' || expecting === 'key or }') {
      const key = string(text, at)
      if (key.fault) return { at: key.at, kind: 'syntax' }
      const kind = nameFault(text.slice(at, key.at), open[open.length - 1])
      if (kind !== undefined) return { at, kind }
      const colon = skip(text, key.at)
      if (text[colon] !== ':') return { at: colon, kind: 'syntax' }
      expecting = 'value'
      at = skip(text, colon + 1)
    } else {
      if (++values > mostValues) return { at, kind: 'count' }
      if (c === '{' || c === '[') {
        open.push(c === '{' ? new Set() : undefined)
        if (open.length > maxDepth) return { at, kind: 'depth' }
        expecting = c === '{' ? 'key or }' : 'value or ]'
        at = skip(text, at + 1)
      } else {
        const end = c === '"' ? string(text, at) : word(text, at)
        if (end.fault) return { at: end.at, kind: 'syntax' }
        // no shorter number is infinite
        const infinite = c !== '"' && end.at - at > 4 && overflows(text.slice(at, end.at))
        if (infinite) return { at, kind: 'infinite' }
        expecting = 'more'
        at = skip(text, end.at)
      }
    }
  }
}

const overflows = (word: string): boolean => Math.abs(Number(word)) === Infinity

/** What is wrong with a name, as it is written, after those before it; it becomes one of them. */
function nameFault(
  written: string,
  before: Set<string> | undefined,
): 'repeated' | 'reserved' | undefined {
  const name = written.includes('\\') ? (JSON.parse(written) as string) : written.slice(1, -1)
  if (name in Object.prototype) return 'reserved'
  if (before?.has(name)) return 'repeated'
  before?.add(name)
  return undefined
}

/** the end of a token, or the place of its fault */
interface End {
  readonly at: number
  readonly fault: boolean
}

function skip(text: string, at: number): number {
  while (at < text.length && ' \t\n\r'.includes(text[at])) at += 1
  return at
}

const escapes = /\\(["\\/bfnrt]|u[0-9a-fA-F]{4})/y

function string(text: string, start: number): End {
  if (text[start] !== '"') return { at: start, fault: true }
  let at = start + 1
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\') {
      escapes.lastIndex = at
      if (!escapes.test(text)) return { at: text.length - at < 6 ? text.length : at, fault: true }
      at = escapes.lastIndex
    } else if (text.charCodeAt(at) < 0x20) return { at, fault: true }
    else at += 1
  }
  return at < text.length ? { at: at + 1, fault: false } : { at, fault: true }
}

const words = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y

function word(text: string, start: number): End {
  words.lastIndex = start
  if (words.test(text)) return { at: words.lastIndex, fault: false }
  // a word that the end of the text cuts short: 'tru', '-'
  const rest = text.slice(start, start + 5)
  const cut =
    start + rest.length >= text.length && /^(t|tr|tru|f|fa|fal|fals|n|nu|nul|-)$/.test(rest)
  return { at: cut ? text.length : start, fault: true }
}
