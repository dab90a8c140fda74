import { expect, it } from 'vitest'
import { stream, angles, axpyInto, dot, norm2 } from '../index.js'

const tiny = 5e-324

it('adds a dot product in the order that its docstring states', () => {
  const s = stream(1).child('dot')
  for (const n of [0, 1, 7, 8, 9, 16, 100, 101]) {
    const a = s.normalInto(new Float64Array(n))
    const b = s.normalInto(new Float64Array(n))
    const lane = new Float64Array(8)
    const whole = n - (n % 8)
    for (let i = 0; i < whole; i++) lane[i % 8] += a[i] * b[i]
    const [s0, s1, s2, s3, s4, s5, s6, s7] = lane
    let sum = s0 + s4 + (s2 + s6) + (s1 + s5 + (s3 + s7))
    for (let i = whole; i < n; i++) sum += a[i] * b[i]
    expect(dot(a, b)).toBe(sum)
    expect(dot([...a], b)).toBe(sum)
  }
})

it('passes NaN on and refuses different lengths', () => {
  expect(dot([1, NaN], [1, 1])).toBeNaN()
  expect(() => dot([1], [1, 2])).toThrow('dot: expected b to have the length of a, 1, got 2')
  expect(() => axpyInto(new Float64Array(1), 1, [1, 2])).toThrow('axpyInto: ')
})

it('adds a multiple in place', () => {
  const y = new Float64Array([1, 2, 3])
  expect(axpyInto(y, -2, [1, 1, 1])).toBe(y)
  expect([...y]).toEqual([-1, 0, 1])
})

it.each([
  [[], 0],
  [[0, 0], 0],
  [[-3, 4], 5],
  [[3 * 2 ** 800, 4 * 2 ** 800], 5 * 2 ** 800],
  [[3 * 2 ** -900, 4 * 2 ** -900], 5 * 2 ** -900],
  [[3 * 2 ** -1070, 4 * 2 ** -1070], 5 * 2 ** -1070],
  [[tiny], tiny],
  [[1.7e308, 1e308], 1.9723082923316018e308],
  [[Number.MAX_VALUE, Number.MAX_VALUE], Infinity],
  [[1, -Infinity], Infinity],
  [[1, NaN, Infinity], NaN],
  [[1e-200, 1], 1],
])('has ‖%j‖ = %d', (u, expected) => {
  expect(norm2(u)).toBe(expected)
})

it('scales: ‖2ᵉ u‖ = 2ᵉ ‖u‖ to the last bit while the result is normal', () => {
  const u = stream(2).normalInto(new Float64Array(33))
  const plain = norm2(u)
  for (const e of [-1000, -950, -600, -460, 460, 600, 1000]) {
    const scaled = norm2(u.map((x) => x * 2 ** e)) * 2 ** -e
    expect(Math.abs(scaled / plain - 1)).toBeLessThanOrEqual(2 ** -52)
  }
})

/** u, v, θ, φ: from mpmath with 60 digits. */
it.each([
  [[1, 0], [1, 1e-12], 9.9999999999999998e-13, 3.14159265358879324],
  [[1, 2, 3], [3, 2, 1], 0.775193373310361307, 2.36639928027943193],
  [[1, 0], [-1, 1e-9], 3.14159265258979324, 1.00000000000000006e-9],
  [[1e200, 1e-200], [-1e-300, 1e-300], 2.35619449019234493, 0.78539816339744831],
  [[tiny, 0], [1, 1], 0.78539816339744831, 2.35619449019234493],
  [[1, 2], [-1, -2.0000000001], 3.14159265356979324, 2.00000016540074198e-11],
])('has the angle between %j and %j within 6e-16', (u, v, theta, phi) => {
  const found = angles(u, v)
  expect(Math.abs(found.theta - theta)).toBeLessThanOrEqual(6e-16)
  expect(Math.abs(found.phi - phi)).toBeLessThanOrEqual(6e-16)
  expect(angles(v, u)).toEqual(found)
})

it('has θ exactly 0 for equal and φ exactly 0 for opposite vectors, of any size', () => {
  const u = stream(3).normalInto(new Float64Array(7))
  for (const scale of [1, 1e300, 1e-300]) {
    const v = u.map((x) => x * scale)
    expect(angles(v, v)).toEqual({ theta: 0, phi: Math.PI })
    expect(
      angles(
        v,
        v.map((x) => -x),
      ),
    ).toEqual({ theta: Math.PI, phi: 0 })
  }
})

it('has angles of vectors whose norm is no float64', () => {
  const big = new Float64Array(4).fill(Number.MAX_VALUE)
  expect(angles(big, [1, 1, 1, 1]).theta).toBeLessThan(1e-15)
})

it('refuses angles with the zero vector, NaN, infinity and other lengths', () => {
  expect(() => angles([0, 0], [1, 0])).toThrow(
    'angles: expected u not to be the zero vector, got norm 0',
  )
  expect(() => angles([1, 0], [1, NaN])).toThrow('angles: expected v[1] to be finite, got NaN')
  expect(() => angles([1, Infinity], [1, 0])).toThrow(
    'angles: expected u[1] to be finite, got Infinity',
  )
  expect(() => angles([1], [1, 0])).toThrow('angles: expected v to have the length of u, 1, got 2')
})
