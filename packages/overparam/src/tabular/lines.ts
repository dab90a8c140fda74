/**
 * Splits a text that is passed in pieces into its lines, without their LF or CRLF and without a
 * byte order mark at the beginning of the text. Memory: one line.
 */
export class Lines {
  /** lines so far: the number of the last one, counted from 1 */
  count = 0
  private readonly take: (line: string) => void
  private readonly unended: (length: number) => void
  private rest = ''

  /**
   * @param take - called with each line
   * @param unended - called with the length of a line whose end has not come yet: refuses one that
   *   is too long
   */
  constructor(take: (line: string) => void, unended: (length: number) => void) {
    this.take = take
    this.unended = unended
  }

  push(text: string): void {
    let rest = this.rest + text
    if (this.count === 0 && rest.startsWith('\uFEFF')) rest = rest.slice(1)
    let from = 0
    for (;;) {
      const end = rest.indexOf('\n', from)
      if (end < 0) break
      this.next(rest.slice(from, end))
      from = end + 1
    }
    this.rest = rest.slice(from)
    this.unended(this.rest.length)
  }

  /** Ends the text; the rest is the last line. */
  end(): void {
    if (this.rest !== '') this.next(this.rest)
    this.rest = ''
  }

  private next(line: string): void {
    this.count++
    this.take(line.endsWith('\r') ? line.slice(0, -1) : line)
  }
}
