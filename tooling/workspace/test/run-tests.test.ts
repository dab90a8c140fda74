import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it, onTestFinished, vi } from 'vitest'
import { root } from './workspace.ts'

interface Script {
  readonly runTests: (options: {
    readonly root: string
    readonly pnpm: (command: readonly string[]) => Promise<number>
    readonly say: (line: string) => void
    readonly only?: readonly string[]
  }) => Promise<number>
}
const script = pathToFileURL(join(root, 'tooling/scripts/run-tests.mjs')).href

it('npm test names the failed tests last, by file, name and first line, and lets the others go on', async () => {
  const clone = mkdtempSync(join(tmpdir(), 'nonconvex-tests-'))
  onTestFinished(() => rmSync(clone, { recursive: true, force: true }))
  const own = join(clone, 'packages', 'own')
  for (const folder of [own, join(clone, 'apps'), join(clone, 'tooling')])
    mkdirSync(folder, { recursive: true })
  writeFileSync(join(own, 'vitest.config.ts'), '')
  const report = {
    numFailedTests: 1,
    numPassedTests: 2,
    numPendingTests: 0,
    numTotalTests: 3,
    success: false,
    testResults: [
      {
        name: join(own, 'src', 'sum.test.ts'),
        status: 'failed',
        assertionResults: [
          { status: 'passed', ancestorTitles: [], fullName: 'sum of none' },
          {
            status: 'failed',
            ancestorTitles: [],
            fullName: 'sum of two',
            failureMessages: ['\u001b[31mAssertionError: expected 3 to be 4\u001b[39m\n    at sum'],
          },
        ],
      },
      {
        name: join(own, 'src', 'broken.test.ts'),
        status: 'failed',
        message: 'SyntaxError: unexpected token\nmore',
        assertionResults: [],
      },
    ],
  }
  const commands: (readonly string[])[] = []
  const pnpm = (command: readonly string[]) => {
    commands.push(command)
    if (!command.includes('test')) return Promise.resolve(0)
    writeFileSync(join(own, 'test-report.json'), JSON.stringify(report))
    return Promise.resolve(1)
  }
  const said: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.push(String(text).trim())
    return true
  })
  onTestFinished(() => write.mockRestore())
  const { runTests } = (await import(script)) as Script
  const say = (line: string) => void said.push(line)
  expect(await runTests({ root: clone, pnpm, say })).toBe(1)
  expect(said.slice(-3, -1)).toEqual([
    'FAILED packages/own/src/sum.test.ts › sum of two: AssertionError: expected 3 to be 4',
    'FAILED packages/own/src/broken.test.ts: SyntaxError: unexpected token',
  ])
  expect(said.at(-1)).toMatch(/^\d+ passed, \d+ failed$/)
  const tested = commands.filter((command) => command.includes('test'))
  expect(tested).toHaveLength(3)
  for (const command of tested) expect(command).toContain('--continue')
})
