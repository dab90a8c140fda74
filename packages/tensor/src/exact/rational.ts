import { argumentError } from '../check/errors.js'

/**
 * A rational number in lowest terms, with exact operations.
 *
 * @example
 * import { Rational } from '@nonconvex/tensor/exact'
 * const third = Rational.of('1/3')
 * console.log(String(third.plus('0.25')), third.compare('0.3333') > 0) // → 7/12 true
 */
export class Rational {
  readonly numerator: bigint
  /** > 0 */
  readonly denominator: bigint

  private constructor(numerator: bigint, denominator: bigint) {
    const sign = denominator < 0n ? -1n : 1n
    const common = sign * greatestDivisor(numerator, denominator)
    this.numerator = numerator / common
    this.denominator = denominator / common
  }

  /**
   * The number that a text denotes: '3', '-0.25', '1e-3', '3/7'; a number stands for its shortest
   * decimal, so that 0.1 is 1/10.
   *
   * @throws ArgumentError for another text, NaN and infinities, or a denominator 0
   */
  static of(x: Rational | string | number | bigint): Rational {
    if (x instanceof Rational) return x
    if (typeof x === 'bigint') return new Rational(x, 1n)
    const [, above, below = '1'] = /^([^/]+)(?:\/(-?\d+))?$/.exec(String(x)) ?? []
    const [, whole, part = '', power = '0'] =
      /^([+-]?\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(above ?? '') ?? []
    if (whole === undefined || /^-?0+$/.test(below))
      throw argumentError('not-finite', 'Rational.of', 'x', 'as a decimal or a quotient', x)
    const exponent = Number(power) - part.length
    const scale = exactPower(10n, Math.abs(exponent))
    const digits = BigInt(whole + part)
    return exponent >= 0
      ? new Rational(digits * scale, BigInt(below))
      : new Rational(digits, scale * BigInt(below))
  }

  plus(other: Rational | string | number): Rational {
    const { numerator, denominator } = Rational.of(other)
    return new Rational(
      this.numerator * denominator + numerator * this.denominator,
      this.denominator * denominator,
    )
  }

  minus(other: Rational | string | number): Rational {
    return this.plus(Rational.of(other).times(-1))
  }

  times(other: Rational | string | number): Rational {
    const { numerator, denominator } = Rational.of(other)
    return new Rational(this.numerator * numerator, this.denominator * denominator)
  }

  /** @throws ArgumentError for 0 */
  over(other: Rational | string | number): Rational {
    const { numerator, denominator } = Rational.of(other)
    if (numerator === 0n)
      throw argumentError('out-of-range', 'Rational.over', 'other', 'a number other than 0', 0)
    return new Rational(this.numerator * denominator, this.denominator * numerator)
  }

  /** < 0, 0 or > 0 */
  compare(other: Rational | string | number): number {
    const { numerator, denominator } = Rational.of(other)
    const difference = this.numerator * denominator - numerator * this.denominator
    return difference < 0n ? -1 : difference > 0n ? 1 : 0
  }

  /** '3', '3/7' */
  toString(): string {
    return this.denominator === 1n
      ? String(this.numerator)
      : `${this.numerator}/${this.denominator}`
  }
}

/** Σ x_i y_i, exactly. */
export function exactDot(x: readonly Rational[], y: readonly Rational[]): Rational {
  return x.reduce((sum, value, i) => sum.plus(value.times(y[i])), Rational.of(0))
}

/**
 * xⁿ exactly, by squaring.
 *
 * @param n - integer ≥ 0
 */
export function exactPower(x: bigint, n: number): bigint {
  let [power, square] = [1n, x]
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) power *= square
    square *= square
  }
  return power
}

/** > 0 unless both are 0 */
function greatestDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}
