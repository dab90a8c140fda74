/** The reason why a text is not JSON, in particular the numbers NaN and Infinity. */
export function whyNoJson(text: string, error: unknown): string {
  // a text in quotes may contain the same words
  const [, literal] =
    /[:,[]\s*(NaN|-?Infinity)\b/.exec(text.replace(/"(?:[^"\\]|\\.)*"/g, '""')) ?? []
  if (literal !== undefined) return `JSON has no ${literal}`
  return error instanceof Error ? error.message : ''
}
