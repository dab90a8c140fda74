/** Why a text is no JSON: numbers that are none are what programs write that do not mind. */
export function whyNoJson(text: string, error: unknown): string {
  // what stands in quotes may say anything
  const [, literal] =
    /[:,[]\s*(NaN|-?Infinity)\b/.exec(text.replace(/"(?:[^"\\]|\\.)*"/g, '""')) ?? []
  if (literal !== undefined) return `${literal} is no number that JSON has`
  return error instanceof Error ? error.message : ''
}
