/** 0 … total − 1 in blocks of `size`, the last one perhaps shorter: ranges [from, to). */
export function blocks(total: number, size: number): { from: number; to: number }[] {
  const list = []
  for (let from = 0; from < total; from += size)
    list.push({ from, to: Math.min(total, from + size) })
  return list
}
