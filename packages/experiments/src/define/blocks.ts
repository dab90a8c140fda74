/** 0 … total − 1 in blocks of `size`, the last one perhaps shorter: ranges [from, to). */
export function blocks(total: number, size: number): { from: number; to: number }[] {
  const list = []
  for (let from = 0; from < total; from += size)
    list.push({ from, to: Math.min(total, from + size) })
  return list
}

/** The same, each with fields that all have and a key that ends in its range: 'm=3/starts=0-99'. */
export const keyedBlocks = <F extends object>(
  total: number,
  size: number,
  prefix: string,
  fields: F,
) =>
  blocks(total, size).map(({ from, to }) => ({
    key: `${prefix}${from}-${to - 1}`,
    ...fields,
    from,
    to,
  }))
