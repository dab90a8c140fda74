import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  lineText,
  printable,
  Printed,
  printableJson,
  printableMessage,
  printed,
} from './printed.js'

const [escape, bell, csi, override, mark] = ['\u001b', '\u0007', '\u009b', '\u202e', '\u200f']
// eslint would rather have no control characters in a pattern
const obeyed = (text: string): boolean => /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}]/u.test(text)

const hostile = fc.string({
  unit: fc.constantFrom(
    'a',
    '✔',
    '😀',
    '\ud800',
    '\n',
    '\r',
    '\t',
    '\u2028',
    '\u007f',
    escape,
    bell,
    csi,
    override,
    mark,
  ),
})

describe('printable', () => {
  it('shows what a terminal would obey', () => {
    expect(printable(`${escape}]0;x${bell}\r${csi}2K${override}✔ 😀`)).toBe(
      '\\u001b]0;x\\u0007\\r\\u009b2K\\u202e✔ 😀',
    )
  })

  it('leaves nothing to obey, and nothing to show twice', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(obeyed(printable(text))).toBe(false)
        expect(printable(printable(text))).toBe(printable(text))
      }),
    )
  })

  it('keeps the value of JSON', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const json = printableJson(JSON.stringify({ [text]: text }, null, 2))
        expect(JSON.parse(json)).toEqual({ [text]: text })
        expect(json.split('\n').some(obeyed)).toBe(false)
      }),
    )
  })
})

it('indents every further line of a message', () => {
  expect(printableMessage('cannot read a\n✔ accepted\n  remedy')).toBe(
    'cannot read a\n  ✔ accepted\n  remedy',
  )
})

it('leaves out the rest of a very long line of a message', () => {
  const [first = '', second] = printableMessage(`${'a'.repeat(1e6)}\n  remedy`).split('\n')
  expect(first.length).toBeLessThan(10_000)
  expect([first.at(-1), second]).toEqual(['…', '  remedy'])
})

it('keeps the codes of a style, and shows those of a text', () => {
  const green = new Printed(`${escape}[32mfine${escape}[39m`)
  const text = `${escape}[32mforged`
  expect(lineText(printed`${green}: ${text}, ${2}`)).toBe(
    `${escape}[32mfine${escape}[39m: \\u001b[32mforged, 2`,
  )
})
