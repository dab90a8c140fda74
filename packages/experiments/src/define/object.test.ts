import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { choice, file, flag, integer, integers, real, reals, text } from './fields.js'
import { InputError } from './input-error.js'
import { allowed, object } from './object.js'
import type { ParamSchema } from './params.js'

const schema = object({
  k: integer({ default: 10, min: 1, max: 1000, help: 'hidden units' }),
  eta: real({ default: 0.1, min: 1e-6, max: 1, scale: 'log', help: 'step size' }),
  ks: integers({ default: [1, 10], min: 1, max: 1000, maxLength: 3, help: 'widths' }),
  alphas: reals({ default: [0.5], min: -1, max: 1, maxLength: 2, help: 'leaks' }),
  loss: choice({ default: 'hinge', values: ['hinge', 'logistic'], help: 'loss' }),
  bias: flag({ default: false, help: 'with a bias' }),
})

const messageOf = (input: { [name: string]: unknown }): string => {
  try {
    schema.parse(input)
  } catch (error) {
    expect(error).toBeInstanceOf(InputError)
    return (error as InputError).message
  }
  return 'accepted'
}

const defaults = { k: 10, eta: 0.1, ks: [1, 10], alphas: [0.5], loss: 'hinge', bias: false }

describe('object', () => {
  it('knows the types of the values', () => {
    expectTypeOf(schema).toExtend<
      ParamSchema<{
        readonly k: number
        readonly eta: number
        readonly ks: readonly number[]
        readonly alphas: readonly number[]
        readonly loss: 'hinge' | 'logistic'
        readonly bias: boolean
      }>
    >()
    expectTypeOf(schema.parse({}).loss).toEqualTypeOf<'hinge' | 'logistic'>()
    expectTypeOf(schema.parse({}).k).toEqualTypeOf<number>()
  })

  it('fills in defaults, in the order of the fields', () => {
    expect(schema.parse({})).toEqual(defaults)
    expect(Object.keys(schema.parse({ bias: true, k: 3 }))).toEqual(Object.keys(defaults))
    expect(schema.parse({ k: undefined })).toEqual(defaults)
  })

  it('accepts an earlier name; the later of two values counts', () => {
    const renamed = object({
      rate: real({ default: 0, min: 0, max: 1, help: 'rate', formerly: 'share' }),
    })
    expect(renamed.parse({ share: '0.5' })).toEqual({ rate: 0.5 })
    expect(renamed.parse({ rate: 0.1, share: 0.2 })).toEqual({ rate: 0.2 })
    expect(() => renamed.parse({ share: 2 })).toThrow('parameter rate')
    expect(() => renamed.parse({ shares: 0.1 })).toThrow('unknown parameter')
  })

  it('reads text as the kind asks', () => {
    expect(
      schema.parse({
        k: ' 3 ',
        eta: '1e-3',
        ks: '1, 10,100',
        alphas: '-.5',
        loss: 'logistic',
        bias: 'true',
      }),
    ).toEqual({ k: 3, eta: 0.001, ks: [1, 10, 100], alphas: [-0.5], loss: 'logistic', bias: true })
  })

  it.each([
    [{ k: 0 }, 'parameter k: expected a whole number in [1, 1000], got 0'],
    [{ k: 2.5 }, 'parameter k: expected a whole number in [1, 1000], got 2.5'],
    [{ k: '0x10' }, 'parameter k: expected a whole number in [1, 1000], got "0x10"'],
    [{ k: '' }, 'parameter k: expected a whole number in [1, 1000], got ""'],
    [{ k: true }, 'parameter k: expected a whole number in [1, 1000], got true'],
    [{ k: null }, 'parameter k: expected a whole number in [1, 1000], got null'],
    [{ k: '1,2' }, 'parameter k: expected a whole number in [1, 1000], got "1,2"'],
    [{ eta: NaN }, 'parameter eta: expected a number in [0.000001, 1], got NaN'],
    [{ eta: Infinity }, 'parameter eta: expected a number in [0.000001, 1], got Infinity'],
    [{ eta: '1e999' }, 'parameter eta: expected a number in [0.000001, 1], got "1e999"'],
    [
      { ks: [1, 2, 3, 4] },
      'parameter ks: expected 1 to 3 whole numbers in [1, 1000], separated by commas, got [1,2,3,4]',
    ],
    [
      { ks: [] },
      'parameter ks: expected 1 to 3 whole numbers in [1, 1000], separated by commas, got []',
    ],
    [
      { ks: '1,,2' },
      'parameter ks: expected 1 to 3 whole numbers in [1, 1000], separated by commas, got "1,,2"',
    ],
    [
      { ks: 5 },
      'parameter ks: expected 1 to 3 whole numbers in [1, 1000], separated by commas, got 5',
    ],
    [
      { ks: [1, 0.5] },
      'parameter ks: expected 1 to 3 whole numbers in [1, 1000], separated by commas, got [1,0.5]',
    ],
    [
      { alphas: '2' },
      'parameter alphas: expected 1 to 2 numbers in [-1, 1], separated by commas, got "2"',
    ],
    [
      { loss: 'hing' },
      'parameter loss: expected one of hinge, logistic, got "hing"; did you mean hinge?',
    ],
    [{ bias: 'yes' }, 'parameter bias: expected true or false, got "yes"'],
    [{ bias: 1 }, 'parameter bias: expected true or false, got 1'],
    [{ alpha: 1 }, 'unknown parameter "alpha"; did you mean alphas?'],
    [{ zzzzz: 1 }, 'unknown parameter "zzzzz"; known: k, eta, ks, alphas, loss, bias'],
    [
      JSON.parse('{"__proto__": 1}'),
      'unknown parameter "__proto__"; known: k, eta, ks, alphas, loss, bias',
    ],
    [{ constructor: 1 }, 'unknown parameter "constructor"; known: k, eta, ks, alphas, loss, bias'],
  ] as [{ [name: string]: unknown }, string][])('refuses %j', (input, message) => {
    expect(messageOf(input)).toBe(message)
  })

  it('reports all faults at once, each with its parameter', () => {
    try {
      schema.parse({ kk: 1, k: -1, eta: 2 })
      expect.unreachable()
    } catch (error) {
      expect((error as InputError).issues.map(({ where, code }) => [where, code])).toEqual([
        ['kk', 'parameter-unknown'],
        ['k', 'parameter-value'],
        ['eta', 'parameter-value'],
      ])
      expect((error as InputError).code).toBe('parameter-unknown')
    }
  })

  it('keeps messages short whatever comes', () => {
    expect(messageOf({ k: 'x'.repeat(1000) }).length).toBeLessThan(150)
    expect(messageOf({ ['y'.repeat(1000)]: 1 }).length).toBeLessThan(200)
  })

  it('is unchanged by parsing again, or never throws anything else', () => {
    const value = fc.oneof(
      fc.anything(),
      fc.double(),
      fc.integer(),
      fc.constantFrom('1', '1,2', 'true'),
    )
    const input = fc.dictionary(fc.constantFrom(...Object.keys(defaults)), value)
    fc.assert(
      fc.property(input, (given) => {
        try {
          const once = schema.parse(given)
          expect(schema.parse(once)).toEqual(once)
          expect(schema.parse(JSON.parse(JSON.stringify(once)) as typeof given)).toEqual(once)
        } catch (error) {
          expect(error).toBeInstanceOf(InputError)
        }
      }),
    )
  })
})

describe('the fields', () => {
  it('refuse defaults and ranges that contradict each other', () => {
    const help = 'h'
    expect(() => integer({ default: 0, min: 1, max: 2, help })).toThrow('default must be in [1, 2]')
    expect(() => integer({ default: 1.5, min: 1, max: 2, help })).toThrow('got 1.5')
    expect(() => real({ default: 1, min: 2, max: 0, help })).toThrow('expected min ≤ max')
    expect(() => real({ default: 1, min: 0, max: 2, scale: 'log', help })).toThrow('min > 0')
    expect(() => reals({ default: [], min: 0, max: 2, maxLength: 2, help })).toThrow('1 to 2')
    expect(() => integers({ default: [3], min: 0, max: 2, maxLength: 2, help })).toThrow('[0, 2]')
    // @ts-expect-error the default is none of the values
    expect(() => choice({ default: 'c', values: ['a', 'b'], help })).toThrow('one of a, b, got c')
  })

  it('refuse texts that are no line', () => {
    const base = { form: 'a word', suggestions: [], help: 'h' }
    expect(() => text({ ...base, default: 'abc', maxLength: 2 })).toThrow('lines of 1 to 2')
    expect(() => text({ ...base, default: '', maxLength: 2 })).toThrow('got ""')
    expect(() => text({ ...base, default: 'a', maxLength: 2, suggestions: ['a\nb'] })).toThrow(
      'got "a\\nb"',
    )
    expect(() => text({ ...base, default: 'a', maxLength: 0 })).toThrow('maxLength must be')
  })

  it('name each number once where each stands for itself', () => {
    const vector = { default: [1, 2], min: 0, max: 9, maxLength: 3, help: 'h' } as const
    const list = { ...vector, distinct: true } as const
    const lists = object({ ks: integers(list), as: reals(list), u: reals(vector) })
    expect(lists.parse({ ks: '2,1', as: [0.5, 0.25], u: '1,1' })).toEqual({
      ks: [2, 1],
      as: [0.5, 0.25],
      u: [1, 1],
    })
    expect(() => lists.parse({ ks: '3,1,3', as: [0, -0] })).toThrow(
      'parameter ks: expected each number once, got 3 more than once\nparameter as: expected each number once, got 0 more than once',
    )
    expect(allowed(integers(list))).toBe(
      '1 to 3 whole numbers in [0, 9], each once, separated by commas',
    )
    expect(() => reals({ ...list, default: [1, 1] })).toThrow(
      'expected each number of the default once, got 1,1',
    )
  })

  it('say what they allow', () => {
    expect(Object.values(schema.fields).map(allowed)).toEqual([
      'a whole number in [1, 1000]',
      'a number in [0.000001, 1]',
      '1 to 3 whole numbers in [1, 1000], separated by commas',
      '1 to 2 numbers in [-1, 1], separated by commas',
      'one of hinge, logistic',
      'true or false',
    ])
  })
})

describe('a text and a review', () => {
  const reviewed = object(
    {
      name: text({
        default: 'ab',
        maxLength: 5,
        form: 'a word',
        suggestions: ['ab'],
        help: 'name',
      }),
      low: integer({ default: 0, min: 0, max: 9, help: 'low' }),
    },
    ({ name, low }) =>
      name.length > low + 3
        ? [
            {
              where: 'name',
              message: `parameter name: expected at most low + 3 letters, got ${name}`,
            },
          ]
        : [],
  )
  const faultOf = (input: { [name: string]: unknown }): string => {
    try {
      return JSON.stringify(reviewed.parse(input))
    } catch (error) {
      return error instanceof InputError ? error.message : 'another error'
    }
  }

  it('reads a text without the spaces around it', () => {
    expect(reviewed.parse({ name: ' x y ' })).toEqual({ name: 'x y', low: 0 })
    expect(allowed(reviewed.fields['name'])).toBe('a word, on one line of at most 5 characters')
  })

  it.each([
    [{ name: '' }, 'parameter name: expected a word, on one line of at most 5 characters, got ""'],
    [{ name: 'a\nb' }, 'got "a\\nb"'],
    [{ name: 'abcdef' }, 'got "abcdef"'],
    [{ name: 3 }, 'got 3'],
    [{ name: { a: 1 } }, 'got {"a":1}'],
    [{ name: 'abcde' }, 'parameter name: expected at most low + 3 letters, got abcde'],
  ])('refuses %j', (input, message) => {
    expect(faultOf(input)).toContain(message)
  })

  it('reviews only values that are right one by one', () => {
    expect(faultOf({ name: 'abcde', low: -1 })).not.toContain('low + 3')
    expect(reviewed.parse({ name: 'abcde', low: 2 }).name).toBe('abcde')
  })
})

describe('a file', () => {
  const named = object({ data: file({ holds: 'annotated scenes', help: 'images' }) })

  it('has no value unless it is given', () => {
    for (const none of [{}, { data: '' }, { data: ' ' }]) expect(named.parse(none)).toEqual({})
    expect(named.parse({ data: ' a b.ndjson ' })).toEqual({ data: 'a b.ndjson' })
    expect(allowed(named.fields['data'])).toBe('a path to annotated scenes, or nothing')
  })

  it.each([['a\nb'], [3], [null], ['x'.repeat(1001)]])('refuses %j', (data) => {
    expect(() => named.parse({ data })).toThrow(
      'parameter data: expected a path to annotated scenes, or nothing, got ',
    )
  })
})
