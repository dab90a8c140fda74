/** The program in a README, and the lines it promises to print. */
export interface Example {
  readonly code: string
  readonly printed: readonly string[]
}

/**
 * The first ```ts block of a README. What stands after `// → ` is the output of its line; a line
 * that is only such a comment adds a further line of output.
 * @throws Error if there is no block
 */
export function exampleOf(markdown: string): Example {
  const code = /```ts\n([\s\S]*?)```/.exec(markdown)?.[1]
  if (code === undefined) throw new Error('exampleOf: expected a ```ts block, got none')
  const printed = [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, line]) => (line ?? '').trim())
  return { code, printed }
}
