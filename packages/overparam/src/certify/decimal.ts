/** An exact decimal: digits · 10^exponent. */
export interface Decimal {
  readonly digits: bigint
  readonly exponent: number
}

/**
 * The shortest decimal that a float64 is read from. A decimal of at most 15 significant digits that was read into `value` is
 * given back exactly, so for such files this is what the file says, not what the float64 rounds it to.
 *
 * @param value - finite
 */
export function decimalOf(value: number): Decimal {
  const [mantissa, power = '0'] = String(value).split('e')
  const [whole, fraction = ''] = mantissa.split('.')
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length }
}

/**
 * Decimals as integers of one common unit, which is 10^exponent of the finest among them.
 *
 * @returns undefined if they span more than `span` powers of ten
 */
export function commonIntegers(
  values: readonly Decimal[],
  span: number,
): readonly bigint[] | undefined {
  const used = values.filter(({ digits }) => digits !== 0n)
  const finest = used.reduce((least, { exponent }) => Math.min(least, exponent), Infinity)
  const coarsest = used.reduce((most, { exponent }) => Math.max(most, exponent), -Infinity)
  if (coarsest - finest > span) return undefined
  return values.map(({ digits, exponent }) =>
    digits === 0n ? 0n : digits * BigInt(`1${'0'.repeat(exponent - finest)}`),
  )
}
