/** 0.1, 0.01, …: so many of them, each the float64 nearest to it. */
export const powersOfTenth = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => Number(`1e-${i + 1}`))
