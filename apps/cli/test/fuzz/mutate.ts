import type { Stream } from '@nonconvex/tensor'

/** A whole number from 0 to n − 1. */
export const below = (draw: Stream, n: number): number => Math.floor(n * draw.uniform())

export const pick = <T>(draw: Stream, from: readonly T[]): T => from[below(draw, from.length)]

/** What breaks programs: numbers beyond, names of objects, signs of terminals, quotes, ends. */
const pieces: readonly string[] = [
  ...[
    '',
    ' ',
    '\n',
    '\r\n',
    '\0',
    '\t',
    '"',
    "'",
    ',',
    ':',
    ';',
    '{',
    '}',
    '[',
    ']',
    '\\',
    '$',
    '-',
  ],
  ...['1e999', '-1e999', 'NaN', 'Infinity', '-0', '0', '9007199254740993', '1e-400', '0x10', '1_0'],
  ...['"__proto__":1,', '"constructor":{},', '"toString":0,', 'null', 'true', '[]', '{}', '""'],
  ...[
    '\u001b[2K\u001b[32m✔ accepted\u001b[0m',
    '\u202e',
    '\u0007',
    '\ufeff',
    '\ud800',
    'ж',
    '\u2028',
  ],
  ...[
    '../../outside/kept.txt',
    '/etc/passwd',
    'CON',
    '.',
    '..',
    '$\\frac{$',
    '<script>',
    '%s',
    '{{',
  ],
  ...['\u0000\u0000\u0008\u0003', '\u001f\u008b', 'nonconvex/model@1', 'nonconvex/result@9'],
]

/** Some bytes of a file changed: cut, doubled, moved, flipped, or something put in. */
export function mutateBytes(draw: Stream, bytes: Uint8Array): Uint8Array {
  let out = Buffer.from(bytes)
  const times = 1 + below(draw, 3)
  for (let i = 0; i < times; i++) {
    const at = below(draw, out.length + 1)
    const to = Math.min(out.length, at + 1 + below(draw, draw.uniform() < 0.8 ? 12 : 4000))
    switch (below(draw, 8)) {
      case 0:
        out = Buffer.concat([out.subarray(0, at), out.subarray(to)])
        break
      case 1:
        out = Buffer.concat([out.subarray(0, to), out.subarray(at)])
        break
      case 2:
        out = out.subarray(0, at)
        break
      case 3:
        if (at < out.length) out[at] ^= 1 << below(draw, 8)
        break
      case 4:
        if (at < out.length) out[at] = below(draw, 256)
        break
      case 5: {
        const piece = pick(draw, pieces)
        const many = draw.uniform() < 0.95 ? 1 : 3000
        out = Buffer.concat([
          out.subarray(0, at),
          Buffer.from(piece.repeat(many)),
          out.subarray(to),
        ])
        break
      }
      case 6: {
        const piece = Buffer.from(pick(draw, pieces))
        out = Buffer.concat([out.subarray(0, at), piece, out.subarray(at)])
        break
      }
      default: {
        const other = below(draw, out.length + 1)
        const slice = out.subarray(at, to)
        out = Buffer.concat([out.subarray(0, other), slice, out.subarray(other)])
      }
    }
  }
  return out
}

const values: readonly unknown[] = [
  ...[null, true, 0, -1, 0.5, 1e300, 2 ** 53, '', 'x', '$x$', '\u001b[2J', [], {}, [[]]],
  ...['a'.repeat(5000), Array.from({ length: 300 }, () => 0), { base64: 'AAAA' }, [null], -1e-300],
  ...[
    { dtype: 'float64', shape: [1e9], base64: '' },
    { dtype: 'int32', shape: [], base64: '=' },
  ],
]

type Tree = { [name: string]: unknown } | unknown[]

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null

/** A document with one to three places changed: another value, one less, one more, two exchanged. */
export function mutateJson(draw: Stream, document: unknown): unknown {
  const root = structuredClone(document)
  const times = 1 + below(draw, 3)
  for (let i = 0; i < times; i++) {
    let tree = root
    // places near the root are as likely as those at the leaves
    for (let depth = below(draw, 9); depth > 0 && isTree(tree); depth--) {
      const inner: unknown = Object.values(tree)[below(draw, Object.keys(tree).length)]
      if (!isTree(inner)) break
      tree = inner
    }
    if (!isTree(tree)) continue
    const names = Object.keys(tree)
    const name = names.length === 0 ? '0' : pick(draw, names)
    const fields = tree as { [name: string]: unknown }
    const value = fields[name]
    switch (below(draw, 6)) {
      case 0:
        if (Array.isArray(tree)) tree.splice(Number(name), 1)
        else Reflect.deleteProperty(tree, name)
        break
      case 1:
        fields[Array.isArray(tree) ? String(tree.length) : pick(draw, ['more', 'x y', '$'])] = value
        break
      case 2: {
        const other = names.length === 0 ? name : pick(draw, names)
        fields[name] = fields[other]
        fields[other] = value
        break
      }
      case 3:
        fields[name] = typeof value === 'number' ? value * (1 + 1e-9) + draw.uniform() : value
        break
      default:
        fields[name] = structuredClone(pick(draw, values))
    }
  }
  return root
}
