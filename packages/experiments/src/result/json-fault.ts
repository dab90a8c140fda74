/**
 * Where a text stops being JSON: the place of the first character that cannot stand there, the
 * text's length if it ends too early, or −1 if it is JSON. Engines say it in different words, and
 * not always.
 *
 * Cost: O(length); no recursion.
 * For `{"a": one}` it is 6, for `[1, 2` it is 5.
 */
export function jsonFault(text: string): number {
  const open: ('{' | '[')[] = []
  let at = skip(text, 0)
  let expecting: 'value' | 'value or ]' | 'key' | 'key or }' | 'more' = 'value'
  for (;;) {
    const c = text[at]
    if (expecting === 'more') {
      if (open.length === 0) return at < text.length ? at : -1
      const inObject = open[open.length - 1] === '{'
      if (c === ',') expecting = inObject ? 'key' : 'value'
      else if (c === (inObject ? '}' : ']')) open.pop()
      else return at
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
      if (key.fault) return key.at
      const colon = skip(text, key.at)
      if (text[colon] !== ':') return colon
      expecting = 'value'
      at = skip(text, colon + 1)
    } else if (c === '{' || c === '[') {
      open.push(c)
      expecting = c === '{' ? 'key or }' : 'value or ]'
      at = skip(text, at + 1)
    } else {
      const end = c === '"' ? string(text, at) : word(text, at)
      if (end.fault) return end.at
      expecting = 'more'
      at = skip(text, end.at)
    }
  }
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
