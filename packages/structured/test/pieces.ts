/** A text as bytes, cut into pieces of these lengths and a last one. */
export function cut(text: string, lengths: readonly number[]): Uint8Array[] {
  const bytes = new TextEncoder().encode(text)
  const pieces: Uint8Array[] = []
  let at = 0
  for (const length of lengths) {
    pieces.push(bytes.subarray(at, at + length))
    at = Math.min(bytes.length, at + length)
  }
  return [...pieces, bytes.subarray(at)]
}

/** All that an iterable gives. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

/** The message of what a promise is rejected with. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`
  }
  return 'nothing was refused'
}
