/** An exact decimal: digits · 10^exponent. */
export interface Decimal {
  readonly digits: bigint
  readonly exponent: number
}

/**
 * The shortest decimal whose nearest float64 number is `value`. A decimal of at most 15 significant
 * digits that was read into `value` is returned exactly, so for such files this is the number in
 * the file, not its rounding.
 *
 * @param value - finite
 */
export function decimalOf(value: number): Decimal {
  const [mantissa, power = '0'] = String(value).split('e')
  const [whole, fraction = ''] = mantissa.split('.')
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length }
}

/** Decimals as integers with a common exponent: each value is its integer times 10^exponent. */
export interface CommonIntegers {
  readonly integers: readonly bigint[]
  readonly exponent: number
}

/**
 * Converts decimals to integers with a common exponent, the smallest one among them.
 *
 * @returns undefined if they span more than `span` powers of ten
 */
export function commonIntegers(
  values: readonly Decimal[],
  span: number,
): CommonIntegers | undefined {
  const used = values.filter(({ digits }) => digits !== 0n)
  const finest = used.reduce((least, { exponent }) => Math.min(least, exponent), Infinity)
  const coarsest = used.reduce((most, { exponent }) => Math.max(most, exponent), -Infinity)
  if (coarsest - finest > span) return undefined
  const integers = values.map(({ digits, exponent }) =>
    digits === 0n ? 0n : digits * BigInt(`1${'0'.repeat(exponent - finest)}`),
  )
  return { integers, exponent: used.length > 0 ? finest : 0 }
}
