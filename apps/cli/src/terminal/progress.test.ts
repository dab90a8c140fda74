import { describe, expect, it } from 'vitest'
import { leftText } from '../text/numbers.js'
import { openTerminal } from './terminal.js'
import { openProgress } from './progress.js'

describe('leftText', () => {
  it.each([
    [0.25, 10, ', about 30 s left'],
    [0.5, 130, ', about 2 min 10 s left'],
    [0.01, 10, ''],
    [0.5, 1, ''],
    [1, 10, ''],
  ])('%s of the work in %s s', (fraction, seconds, text) => {
    expect(leftText(fraction, seconds)).toBe(text)
  })
})

it('counts experiments by their time, and not what was done before the run', () => {
  let now = 0
  const written: string[] = []
  const stderr = { write: (text: string) => written.push(text), isTTY: true, columns: 100 }
  const terminal = openTerminal({ stdout: stderr, stderr, env: {}, color: false, quiet: false })
  const progress = openProgress(
    terminal,
    stderr,
    () => now,
    (id) => (id === 'long' ? 90 : 10),
  )
  progress.update('long', 5, 10)
  progress.update('short', 0, 10)
  now = 10
  progress.update('short', 10, 10)
  // 10 of 55 seconds of work are done
  expect(written.at(-1)).toMatch(/ 15 of 20 cells · 10 s, about 45 s left · short$/)
  now = 20
  progress.update('long', 10, 10)
  expect(written.at(-1)).toMatch(/ 20 of 20 cells · 20 s · long$/)
})

it('prints a plain line for each experiment where there is no terminal, and after 30 s', () => {
  let now = 0
  const lines: string[] = []
  const stderr = { write: (text: string) => lines.push(text) }
  const open = (quiet: boolean) => {
    const terminal = openTerminal({ stdout: stderr, stderr, env: {}, color: false, quiet })
    return openProgress(terminal, stderr, () => now)
  }
  const progress = open(false)
  progress.update('first', 0, 2)
  progress.update('second', 0, 2)
  progress.update('first', 1, 2)
  expect(lines).toEqual([])
  now = 10
  progress.update('first', 2, 2)
  expect(lines).toEqual(['2 of 4 cells · 10 s, about 10 s left · first done\n'])
  now = 45
  progress.update('second', 1, 2)
  expect(lines.slice(1)).toEqual([expect.stringMatching(/^3 of 4 cells · 45 s, .* · second\n$/)])
  const quiet = open(true)
  quiet.update('first', 0, 1)
  quiet.update('second', 0, 1)
  quiet.update('first', 1, 1)
  expect(lines).toHaveLength(2)
})
