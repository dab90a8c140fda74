import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { all, cut, refusal } from '../../test/pieces.ts'
import { jsonItems } from './json-items.js'

const values = async (text: string, lengths: readonly number[] = []) =>
  (await all(jsonItems(cut(text, lengths)))).map(({ key, value }) =>
    key === undefined ? value : [key, value],
  )

describe('jsonItems', () => {
  it('gives the entries of a list and their lines, and nothing of an empty one', async () => {
    const items = await all(jsonItems(['[ {"a": [1,\n2]},\n "x]", 3 ]\n']))
    expect(items).toEqual([
      { value: { a: [1, 2] }, line: 1 },
      { value: 'x]', line: 3 },
      { value: 3, line: 3 },
    ])
    expect(await values('[]')).toEqual([])
    expect(await values(' { } ')).toEqual([])
    expect(await values('\uFEFF[1]')).toEqual([1])
  })

  it('gives the entries of an object by name', async () => {
    expect(await values('{"a":1, "b\\"":{"c":"}"},"__proto__":2}')).toEqual([
      ['a', 1],
      ['b"', { c: '}' }],
      ['__proto__', 2],
    ])
  })

  it('gives what JSON.parse gives, however the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.array(fc.json()), fc.dictionary(fc.string(), fc.json())),
        fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 60 }),
        async (parts, lengths) => {
          const text = Array.isArray(parts)
            ? `[${parts.join(',')}]`
            : `{${Object.entries(parts)
                .map(([key, value]) => `${JSON.stringify(key)}:${value}`)
                .join()}}`
          const found = await values(text, lengths)
          const parsed = JSON.parse(text) as unknown
          if (Array.isArray(parsed)) expect(found).toEqual(parsed)
          else
            expect(new Map(found as [string, unknown][])).toEqual(
              new Map(Object.entries(parsed as object)),
            )
        },
      ),
    )
  })

  it('refuses every proper beginning of a text, and never hangs or throws anything else', async () => {
    const text = '{"1": {"width": 3, "names": ["a\\"b"]}, "2": {"width": null}}'
    for (let end = 0; end < text.length; end++)
      expect(await refusal(values(text.slice(0, end)))).toMatch(/^SceneDataError: /)
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom(...'[]{},:"\\1a \n') }), async (noise) => {
        let valid = true
        try {
          valid = typeof JSON.parse(noise) === 'object' && JSON.parse(noise) !== null
        } catch {
          valid = false
        }
        const said = await refusal(values(noise))
        if (valid) expect(said).toBe('nothing was refused')
        else expect(said).toMatch(/^SceneDataError: /)
      }),
      { numRuns: 500 },
    )
  })

  it('says where', async () => {
    expect(await refusal(values('[{"a":1},\n{"b":\n[2'))).toBe(
      'SceneDataError: line 2: expected ] at the end, got the end of the file after 1 whole entries: it was cut short; fetch it again',
    )
    expect(await refusal(values('[1,\n2 3]'))).toMatch(
      /line 2: expected JSON, got an invalid entry/,
    )
    expect(await refusal(values('[1}'))).toBe('SceneDataError: line 1: expected ], got }')
    expect(await refusal(values('[1]\n[2]'))).toMatch(
      /line 2: expected the end of the file, got "\["/,
    )
    expect(await refusal(values('"a"'))).toMatch(/line 1: expected a JSON list or object, got/)
    expect(await refusal(all(jsonItems(['[1,', '"', 'x'.repeat(20), '"]'], 10)))).toMatch(
      /entries of at most 10 characters/,
    )
    expect(await refusal(all(jsonItems([Uint8Array.of(0x5b, 0xff, 0x5d)])))).toMatch(/UTF-8/)
  })

  it('reads no further than the entry that is asked for', async () => {
    const piece = `${'{"a":"'.padEnd(2 ** 20, 'x')}"}`
    let made = 0
    function* pieces(): Generator<string> {
      yield '['
      for (; made < 64; made++) yield made === 0 ? piece : `,${piece}`
      yield ']'
    }
    let count = 0
    let ahead = 0
    for await (const { value } of jsonItems(pieces())) {
      expect((value as { a: string }).a).toHaveLength(2 ** 20 - 6)
      ahead = Math.max(ahead, made - count)
      count++
    }
    expect(count).toBe(64)
    expect(ahead).toBeLessThanOrEqual(2)
  })
})
