import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { cli, scratch } from './harness.js'

const script = async (shell: string): Promise<string> => {
  const { status, out } = await cli(['completion', shell])
  expect(status).toBe(0)
  return out
}

/** What bash offers for each line, whose last word is being typed. */
async function offered(lines: readonly string[]): Promise<readonly (readonly string[])[]> {
  const file = join(scratch(), 'completion.bash')
  writeFileSync(file, await script('bash'))
  const words = (line: string) => line.split(' ').map((word) => `'${word}'`)
  const asked = lines.map((line) => `ask ${words(line).join(' ')}`)
  const program = `set -u
    complete() { :; }
    source '${file}'
    ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _nonconvex; echo "\${COMPREPLY[*]-}"; }
    ${asked.join('\n')}`
  const out = execFileSync('bash', ['-c', program], { encoding: 'utf8' })
  return out
    .split('\n')
    .slice(0, lines.length)
    .map((line) => line.split(' ').filter((word) => word !== ''))
}

describe.skipIf(!existsSync('/bin/bash'))('completion in bash', () => {
  it('offers commands, flags, values and experiments, and leaves files to the shell', async () => {
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['nonconvex re', ['reproduce']],
      ['nonconvex fit ', ['separable', 'multilabel', 'sequences', 'scenes']],
      ['nonconvex --quiet run demo/', ['demo/halving', 'demo/learning']],
      ['nonconvex run demo/halving --pre', ['--preset']],
      ['nonconvex run demo/halving --preset ', ['quick', 'full']],
      ['nonconvex reproduce --only demo/h', ['demo/halving']],
      ['nonconvex fit separable data.csv --no-h', ['--no-header']],
      ['nonconvex fit scenes data --model net', ['network']],
      ['nonconvex completion ', ['bash', 'zsh', 'fish']],
      ['nonconvex list --qu', ['--quiet']],
      ['nonconvex verify ', []],
      ['nonconvex run demo/halving --out ', []],
      ['nonconvex fit separable da', []],
    ]
    const found = await offered(cases.map(([line]) => line))
    expect(cases.map(([line], i) => [line, found[i]])).toEqual(cases)
  })
})

it('names every command and flag of the help in each shell', async () => {
  const scripts = await Promise.all(['bash', 'zsh', 'fish'].map(script))
  const commands = (text: string) =>
    [...(/\nCommands:\n([^]*?)\n\n/.exec(text)?.[1].matchAll(/^ {2}([a-z-]+)/gm) ?? [])].map(
      ([, name]) => name,
    )
  const top = commands((await cli(['--help'])).out).filter((name) => name !== 'help')
  expect(top.length).toBeGreaterThan(10)
  for (const name of top) {
    const { out } = await cli([name, '--help'])
    const flags = [...out.matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm)].map(([, flag]) => flag)
    expect(flags).toContain('help')
    for (const text of scripts)
      for (const word of [name, ...commands(out).filter((word) => word !== 'help'), ...flags])
        expect(text).toMatch(new RegExp(`['" -]${word}['" ]`))
  }
})

it('refuses another shell', async () => {
  expect(await cli(['completion', 'tcsh'])).toMatchObject({ status: 2, out: '' })
})
