/** Each number once, ascending: the values that a list of parameters names. */
export const ascending = (values: readonly number[]): number[] =>
  [...new Set(values)].sort((a, b) => a - b)
