import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findBenchProgram } from '../src/work/bench-program.js'
import { cli, scratch } from './harness.js'
import { installedCopy } from './installed.js'
import { program } from './program.js'

/** A program in place of the benches. */
function stand(text: string): string {
  const path = join(scratch(), 'bench.mjs')
  writeFileSync(path, text)
  return path
}

describe('bench', () => {
  it('passes on name and flags, both streams and the status', async () => {
    const benchProgram = stand(
      'console.log(process.argv.slice(2).join()); console.error("measuring"); process.exitCode = 1',
    )
    expect(await cli(['--quiet', 'bench', 'overlap', '--json'], { benchProgram })).toEqual({
      status: 1,
      out: 'overlap,--json,--quiet\n',
      err: 'measuring\n',
      codes: [],
    })
    expect((await cli(['bench'], { benchProgram })).out).toBe('\n')
  })

  it('shows control characters of the program instead of sending them to the terminal', async () => {
    const benchProgram = stand('console.log("\\x1b[31mred"); console.error(process.argv[2])')
    const { out, err } = await cli(['bench', 'a\x1b]0;b'], { benchProgram })
    expect({ out, err }).toEqual({ out: '\\u001b[31mred\n', err: 'a\\u001b]0;b\n' })
  })

  it('says outside a clone where the benches are, with status 2', async () => {
    const { status, out, err } = await cli(['bench'])
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toMatch(/in the repository, not in the published package[^]*npm run -s nonconvex/)
  })

  it('ends at once on Ctrl-C, with 130', async () => {
    const interrupt = new AbortController()
    const benchProgram = stand('console.error("started"); for (;;);')
    setTimeout(() => interrupt.abort(), 500)
    const { status, err } = await cli(['bench'], { benchProgram, signal: interrupt.signal })
    expect(status).toBe(130)
    expect(err).toContain('interrupted')
  })

  it('ends with 3 when its process is ended from outside', async () => {
    const benchProgram = stand('process.kill(process.pid, "SIGKILL")')
    expect(await cli(['bench'], { benchProgram })).toMatchObject({ status: 3 })
  })
})

describe('the bench program', () => {
  it('is found in a clone, and knows its names', async () => {
    const { status, out, err } = await program(['bench', 'overlpa'])
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toMatch(/unknown bench "overlpa"; did you mean overlap\?/)
  })

  it('is not found where the package is installed, not even in a stranger of that name', async () => {
    const folder = scratch()
    const launcher = installedCopy(folder)
    const stranger = join(folder, 'tooling', 'bench')
    mkdirSync(stranger, { recursive: true })
    writeFileSync(join(stranger, 'package.json'), '{"name":"bench"}')
    writeFileSync(join(stranger, 'bench.mjs'), 'console.log("a stranger")')
    expect(findBenchProgram(pathToFileURL(`${stranger}/`))).toBeUndefined()
    expect(await program(['bench'], { launcher })).toMatchObject({ status: 2, out: '' })
  })
})
