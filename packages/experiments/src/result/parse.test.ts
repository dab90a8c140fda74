import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { toy } from '../../test/toy.js'
import { resultText } from '../engine/conclude.js'
import { runExperiment } from '../engine/run.js'
import { InputError } from '../define/input-error.js'
import { parseResult } from './parse.js'
import type { Result } from './result.js'

let result: Result
let text: string

beforeAll(async () => {
  result = await runExperiment(toy, { seed: 1 })
  text = resultText(result)
})

const messageOf = (given: string): string => {
  try {
    parseResult(given, 'r.json')
  } catch (error) {
    expect(error).toBeInstanceOf(InputError)
    return (error as InputError).message
  }
  return 'accepted'
}

/** The document's text with one field replaced. */
const withField = (name: string, value: unknown): string =>
  JSON.stringify({ ...result, [name]: value })

describe('parseResult', () => {
  it('reads what was written', () => {
    expect(parseResult(text, 'r.json')).toEqual(result)
    expect(text.endsWith('}\n')).toBe(true)
  })

  it('says where a file was cut short', () => {
    const cut = text.slice(0, text.indexOf('"rows"') + 3)
    const lines = cut.split('\n')
    expect(messageOf(cut)).toMatch(/cut short: copy it again, or run the experiment again$/)
    expect(messageOf(cut)).toContain(`r.json: line ${lines.length}, column `)
    expect(messageOf('')).toMatch(/^r\.json: line 1, column 1: .*cut short/)
  })

  it('says where a file is not JSON', () => {
    const broken = text.replace('"seed": 1', '"seed": one')
    const line = text.split('\n').findIndex((l) => l.includes('"seed": 1')) + 1
    expect(messageOf(broken)).toContain(`r.json: line ${line}, column 10: expected JSON`)
    expect(messageOf(broken)).toMatch(
      /the file was edited: restore it, or run the experiment again$/,
    )
  })

  it.each([
    ['[]', 'r.json: expected a result document, got a list'],
    ['null', 'r.json: expected a result document, got null'],
    ['3', 'r.json: expected a result document, got a number'],
    [
      '{}',
      'r.json: schema: expected "nonconvex/result@1", got none; it is not a result of nonconvex',
    ],
    [
      '{"schema":"nonconvex/result@2"}',
      'r.json: schema: expected "nonconvex/result@1", got "nonconvex/result@2"; it was written by another version of nonconvex: use that version, or run the experiment again',
    ],
    [
      '{"schema":7}',
      'r.json: schema: expected "nonconvex/result@1", got 7; it is not a result of nonconvex',
    ],
  ])('refuses %s', (given, message) => {
    expect(messageOf(given)).toBe(message)
  })

  it('names the fields that are wrong, and what to do', () => {
    expect(messageOf(withField('seed', -1))).toMatch(
      /^r\.json: seed: expected at least 0, got -1\n.*run the experiment again$/,
    )
    expect(messageOf(withField('more', 1))).toContain(
      'r.json: more: expected no such field, got "more"',
    )
    expect(messageOf(withField('digest', undefined))).toContain(
      'r.json: digest: expected this field, got nothing',
    )
    const rows = [
      { key: 'a', measured: {}, witness: 0 },
      { key: 3, measured: 1, witness: 0 },
    ]
    expect(messageOf(withField('rows', rows))).toContain(
      'r.json: rows[1].key: expected a string, got 3',
    )
  })

  it.each([
    ['seed', 1.5, 'seed: expected a whole number, got 1.5'],
    ['seed', 2 ** 60, 'seed: expected at most 9007199254740991, got 1152921504606847000'],
    ['digest', 'abc', 'digest: expected 64 hexadecimal digits, got "abc"'],
    ['status', 'done', 'status: expected "complete" or "partial", got "done"'],
    ['params', [], 'params: expected an object, got a list'],
    ['tables', {}, 'tables: expected a list, got an object'],
  ])('has words for a reader of %s: %j', (name, value, message) => {
    expect(messageOf(withField(name, value)).split('\n')[0]).toBe(`r.json: ${message}`)
  })

  it('shortens what it shows, and stops at the first wrong field', () => {
    const long = 'x'.repeat(1e6)
    for (const given of [
      withField('seed', long),
      withField(long, 1),
      withField('schema', long),
      withField('params', { [long]: { [long]: 1 } }).replace(':1}', ':1e999}'),
      withField(
        'rows',
        Array.from({ length: 1e6 }, () => 0),
      ),
    ])
      expect(messageOf(given).length).toBeLessThan(400)
  })

  it('refuses names that some programs drop, and names that are given twice', () => {
    for (const name of ['__proto__', 'constructor'])
      expect(messageOf(text.replace('"params": {', `"params": {"${name}": 1, `))).toMatch(
        new RegExp(`^r\\.json: line \\d+, column \\d+: .*"${name}"`),
      )
    expect(messageOf(text.replace('"seed": 1', '"seed": 9,\n "seed": 1'))).toMatch(
      /^r\.json: line \d+, column 2: .*got "seed" again/,
    )
  })

  it('refuses numbers that are infinite, and nesting without end', () => {
    const huge = text.replace('"seed": 1', '"seed": 1e999')
    expect(messageOf(huge)).toMatch(/^r\.json: line \d+, column 10: .*1e999/)
    const row = { key: 'a', measured: 0, witness: 0 }
    const infinite = withField('rows', [row]).replace('"measured":0', '"measured":[1e999]')
    expect(messageOf(infinite)).toMatch(/^r\.json: line 1, column \d+: .*1e999/)
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    const nested = withField('rows', [row]).replace('"measured":0', `"measured":${deep}`)
    expect(messageOf(nested)).toMatch(
      /^r\.json: line 1, column \d+: expected at most 64 levels of nesting, got more;/,
    )
  })

  it('throws nothing but InputError, whatever is cut out or put in', () => {
    const place = fc.nat({ max: 5000 })
    fc.assert(
      fc.property(place, place, fc.string({ maxLength: 5 }), (from, length, piece) => {
        const given = text.slice(0, from) + piece + text.slice(from + (length % 40))
        const message = messageOf(given)
        expect(message === 'accepted' || message.startsWith('r.json: ')).toBe(true)
      }),
    )
    fc.assert(
      fc.property(fc.json(), (given) => {
        expect(messageOf(given)).not.toBe('accepted')
      }),
    )
  })
})
