import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

const turboRun = ['exec', 'turbo', 'run', '--continue', '--output-logs=errors-only']

/** The checks of `npm test` that need what was built. */
const checks = [
  {
    name: 'lint, types, packages as published',
    command: turbo('lint', 'typecheck', 'check:package'),
  },
  { name: 'lint of tooling', command: ['exec', 'eslint', 'tooling'] },
  { name: 'nothing unused', command: ['run', 'knip'] },
]

/**
 * The tests, in chains that take about the same time and run side by side: where one waits, starts
 * or ends, the others have work for the cores.
 */
const chains = [
  ['@nonconvex/experiments'],
  ['./apps/*'],
  ['./packages/*', './tooling/*', '!@nonconvex/experiments'],
]

/**
 * Tasks of turbo, where all is built already: with `--only` it does not put built files back while
 * others read them.
 */
function turbo(...tasks) {
  return [...turboRun, ...tasks, '--only', '--concurrency=1']
}

/** Every workspace folder with tests. */
function testFolders(root) {
  return ['packages', 'apps', 'tooling'].flatMap((part) =>
    readdirSync(join(root, part), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(root, part, entry.name))
      .filter((folder) => existsSync(join(folder, 'vitest.config.ts'))),
  )
}

const reportOf = (folder) => join(folder, 'test-report.json')

/** Ends of names of test files that need what is not given everywhere, and whether it is here. */
const optional = [
  ['.data.test.ts', process.env.NONCONVEX_DATA],
  ['.python.test.ts', process.env.NONCONVEX_PYTHON],
]

/**
 * Why the tests of a report were skipped, one line a reason, and how many of them should not have
 * been in CI.
 */
function skips(report) {
  const reasons = new Set()
  let unexpected = 0
  for (const { name, assertionResults } of report.testResults)
    for (const { status, ancestorTitles, fullName } of assertionResults) {
      if (status !== 'skipped' && status !== 'pending') continue
      const reason = ancestorTitles.find((title) => title.startsWith('skipped: '))
      reasons.add(reason ?? `skipped: ${fullName}: not possible on this system`)
      if (optional.every(([end, given]) => !name.endsWith(end) || given)) unexpected += 1
    }
  return { reasons, unexpected }
}

const withoutStyle = (text) => stripVTControlCharacters(text).trim()

/**
 * The failed tests of a report, a line each: file › name: first line of the message. Of a file that
 * could not be loaded, the file alone.
 */
function failures(report, root) {
  return report.testResults.flatMap(({ name, status, message = '', assertionResults }) => {
    const file = relative(root, name)
    const failed = assertionResults.filter((one) => one.status === 'failed')
    const first = (text = '') => withoutStyle(text).split('\n', 1)[0]
    if (failed.length === 0) return status === 'failed' ? [`FAILED ${file}: ${first(message)}`] : []
    return failed.map(
      ({ fullName, failureMessages }) =>
        `FAILED ${file} › ${fullName}: ${first(failureMessages?.[0])}`,
    )
  })
}

/**
 * Lint, types, package checks and all tests; prints the sums, names the failed tests and ends with
 * `N passed, N failed`.
 * A folder whose tests should have run but left no report counts as one failure. With `only`, it
 * runs the test files whose path contains one of these words, and no other check.
 */
export async function runTests({ root, pnpm, say, only = [] }) {
  let [passed, failed, skipped] = [0, 0, 0]
  const codes = []
  const run = async ({ name, command }) => {
    const code = await pnpm(command)
    codes.push(code)
    if (name === undefined || code === 130) return
    if (code === 0) passed += 1
    else failed += 1
    say(`${name}: ${code === 0 ? 'passed' : 'FAILED'}`)
  }
  const inOrder = async (jobs) => {
    for (const job of jobs) if (!codes.includes(130)) await run(job)
  }
  let unexpected = 0
  const reasons = new Set()
  const failing = []
  const folders = testFolders(root)
  for (const folder of folders) rmSync(reportOf(folder), { force: true })
  const words = only.length > 0 ? ['--', '--passWithNoTests', ...only] : []
  const filters = (chain) => chain.flatMap((filter) => ['--filter', filter])
  const tests = chains.map((chain) => [
    { command: [...turbo('test'), ...filters(chain), ...words] },
  ])
  const build = { name: 'build', command: [...turboRun, 'build', '--concurrency=2'] }
  const formatting = { name: 'formatting', command: ['exec', 'oxfmt', '--check', '.'] }
  await Promise.all(only.length > 0 ? [run(build)] : [run(build), run(formatting)])
  await Promise.all([...tests, ...(only.length > 0 ? [] : [checks])].map(inOrder))
  if (codes.includes(130)) return 130
  for (const folder of folders) {
    const name = folder.slice(root.length + 1)
    if (!existsSync(reportOf(folder))) {
      failed += 1
      say(`${name}: FAILED, left no report`)
      continue
    }
    const report = JSON.parse(readFileSync(reportOf(folder), 'utf8'))
    const broken =
      report.numFailedTests + (report.success ? 0 : Math.max(0, 1 - report.numFailedTests))
    passed += report.numPassedTests
    failed += broken
    skipped += report.numPendingTests
    failing.push(...failures(report, root))
    const found = skips(report)
    unexpected += found.unexpected
    for (const reason of found.reasons) reasons.add(reason)
    if (report.numTotalTests > 0 || broken > 0)
      say(
        `${name}: ${report.numPassedTests} passed, ${broken} failed, ${report.numPendingTests} skipped`,
      )
  }
  if (failed === 0 && codes.some((code) => code !== 0)) failed += 1
  for (const reason of reasons) say(reason)
  if (unexpected > 0 && process.env.CI) {
    say(`CI: ${unexpected} skipped tests count as failed; install what the lines above name`)
    failed += unexpected
    skipped -= unexpected
  }
  for (const line of failing) say(line)
  const and = skipped > 0 ? `, ${skipped} skipped` : ''
  process.stdout.write(`${passed} passed, ${failed} failed${and}\n`)
  return failed === 0 ? 0 : 1
}
