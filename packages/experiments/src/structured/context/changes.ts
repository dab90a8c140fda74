/** Fractions of the labels, from one rule to another. */
export type Change = {
  /** the first is wrong and the second right */
  readonly corrected: number
  /** the first is right and the second wrong */
  readonly harmed: number
}

/** Compares the labels of two rules with the true ones. */
export function changeOf(
  truth: readonly ArrayLike<number>[],
  first: readonly Int32Array[],
  second: readonly Int32Array[],
): Change {
  let [corrected, harmed, positions] = [0, 0, 0]
  truth.forEach((y, i) =>
    first[i].forEach((a, t) => {
      const [before, after] = [a === y[t], second[i][t] === y[t]]
      positions++
      if (!before && after) corrected++
      if (before && !after) harmed++
    }),
  )
  return { corrected: corrected / positions, harmed: harmed / positions }
}
