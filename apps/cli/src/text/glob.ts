/**
 * A predicate from a pattern with `*` (any characters) and `?` (one); everything else is literal.
 */
export function glob(pattern: string): (text: string) => boolean {
  const source = pattern
    .split(/([*?])/)
    .map((piece) =>
      piece === '*' ? '.*' : piece === '?' ? '.' : piece.replace(/[\\^$.|+()[\]{}/]/g, '\\$&'),
    )
    .join('')
  const expression = new RegExp(`^${source}$`, 'u')
  return (text) => expression.test(text)
}
