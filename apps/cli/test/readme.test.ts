import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { experiments } from '@nonconvex/experiments'
import { afterAll, describe, expect, it } from 'vitest'
import { cli } from './harness.js'
import { launcher } from './program.js'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const [, example = ''] = /## A tour\n[^]*?```sh\n([^]*?)```/.exec(readme) ?? []
const lines = example.split('\n').filter((line) => line.startsWith('nonconvex '))

/** A line for a shell in `cwd`, where nonconvex is the built program. */
function shell(line: string, cwd: string): Promise<string> {
  const command = line.replace('nonconvex', `"${process.execPath}" "${launcher}"`)
  return new Promise((resolve, reject) => {
    execFile('sh', ['-c', command], { cwd }, (error, out, err) => {
      if (error) reject(new Error(`${line}\n${err}`, { cause: error }))
      else resolve(out)
    })
  })
}

/** The same in this process: words, quoted or not, without what only a shell does. */
async function here(line: string, cwd: string): Promise<string> {
  const words = line.replace('nonconvex ', '').match(/'[^']*'|\S+/g) ?? []
  const before = process.cwd()
  process.chdir(cwd)
  try {
    const argv = words.map((word) => word.replaceAll("'", ''))
    const { status, out, err } = await cli(argv, { experiments })
    expect(status, `${line}\n${err}`).toBe(0)
    return out
  } finally {
    process.chdir(before)
  }
}

describe('the README', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'nonconvex-readme-'))
  cpSync(fileURLToPath(new URL('../examples', import.meta.url)), cwd, { recursive: true })
  afterAll(() => rmSync(cwd, { recursive: true, force: true }))

  it('has an example of sixteen lines', () => {
    expect(lines).toHaveLength(16)
  })

  // in their order: later ones use what earlier ones wrote
  it.each(lines)('%s', async (line) => {
    const [command, said] = line.split(/ +# → /)
    // as a process where that is short, or needed
    const out = await (/ list| > /.test(command) ? shell : here)(command, cwd)
    if (said === undefined) expect(out).toBe('')
    else expect(out).toContain(said)
  })

  it('shows what fit says of the flowers', async () => {
    const shown = [
      ...readme.matchAll(/^nonconvex (fit separable .*)\n```\n\n```text\n([^]*?)^```$/gm),
    ]
    expect(shown).toHaveLength(2)
    for (const [, line = '', said = ''] of shown) {
      const out = await here(`nonconvex ${line.replace(/--out \w+/, '')}`, cwd)
      expect(out).toContain(said)
    }
  })

  it('shows what fit says of the sequences', async () => {
    const [, line = '', said = ''] =
      /^```sh\nnonconvex (fit sequences .*)\n```\n[^]*?```text\n([^]*?)^```$/m.exec(readme) ?? []
    expect(said).toContain('Entities')
    expect(await here(`nonconvex ${line.replace(/--out \w+/, '')}`, cwd)).toContain(said)
  })

  it('shows what fit scenes says of generated scenes', async () => {
    const [, commands = '', said = ''] =
      /^```sh\n(nonconvex scenes [^]*?)^```\n[^]*?```text\n([^]*?)^```$/m.exec(readme) ?? []
    const lines = commands.trim().split('\n')
    const outs = []
    for (const line of lines) outs.push(await here(line, cwd))
    expect(lines).toHaveLength(3)
    expect(outs[2]).toContain(said)
  })

  it('names every command', () => {
    for (const name of [
      'list',
      'show <id>',
      'run <id>',
      'reproduce',
      'verify',
      'fit separable <data>',
      'fit scenes <data>',
      'fit multilabel <data>',
      'fit sequences <data>',
      'predict <model> <data>',
      'evaluate <model> <data>',
      'evaluate --predictions <file> <data>',
      'scenes',
      'check-invariance <model>',
      'completion <shell>',
      'bench [name]',
    ])
      expect(readme).toContain(`| \`${name}`)
  })
})

describe('the README of the repository', () => {
  const root = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8')
  const named = [...root.matchAll(/^\|[^|]*\| `([^`]+)` +\|/gm)].map(([, id]) => id)
  const ids = experiments.map(({ id }) => id)

  it('names every experiment in its table, and no other', () => {
    expect({
      'missing in the table': ids.filter((id) => !named.includes(id)),
      'not in the registry': named.filter((id) => !ids.includes(id)),
    }).toEqual({ 'missing in the table': [], 'not in the registry': [] })
  })

  it('names them in the order of the report, each once', () => {
    expect(named).toEqual(ids)
  })
})
