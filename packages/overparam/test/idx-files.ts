const word = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]

/** An IDX file of images whose bytes count up. */
export function idxImages(count: number, rows: number, cols: number): Uint8Array {
  const pixels = Array.from({ length: count * rows * cols }, (_, i) => i & 255)
  return new Uint8Array([0, 0, 8, 3, ...word(count), ...word(rows), ...word(cols), ...pixels])
}

/** An IDX file of labels. */
export const idxLabels = (labels: readonly number[]): Uint8Array =>
  new Uint8Array([0, 0, 8, 1, ...word(labels.length), ...labels])
