import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The checks of `npm test`. Those of one list run side by side. turbo comes first, as it may put
 * built files back while others read them.
 */
const checks = [
  [
    { name: 'formatting', command: ['exec', 'oxfmt', '--check', '.'] },
    {
      name: 'build, lint, types, packages as published',
      command: turbo('build', 'lint', 'typecheck', 'check:package'),
    },
  ],
  [
    { name: 'lint of tooling', command: ['exec', 'eslint', 'tooling'] },
    { name: 'nothing unused', command: ['run', 'knip'] },
  ],
]

/**
 * Two tasks at a time, so that one has work for the cores where the other waits, starts or ends.
 */
function turbo(...tasks) {
  return [
    'exec',
    'turbo',
    'run',
    ...tasks,
    '--continue',
    '--output-logs=errors-only',
    '--concurrency=2',
  ]
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

/**
 * Why the tests of a report were skipped, one line a reason, and how many of them should not have
 * been in CI: tests on real data are, where the data are not given.
 */
function skips(report) {
  const reasons = new Set()
  let unexpected = 0
  for (const { name, assertionResults } of report.testResults)
    for (const { status, ancestorTitles, fullName } of assertionResults) {
      if (status !== 'skipped' && status !== 'pending') continue
      const reason = ancestorTitles.find((title) => title.startsWith('skipped: '))
      reasons.add(reason ?? `skipped: ${fullName}: not possible on this system`)
      if (!name.endsWith('.data.test.ts') || process.env.NONCONVEX_DATA) unexpected += 1
    }
  return { reasons, unexpected }
}

/** Runs the checks; returns how many passed and failed, or 130 if they were interrupted. */
async function runChecks({ pnpm, say }) {
  let passed = 0
  let failed = 0
  for (const together of checks) {
    const codes = await Promise.all(together.map(({ command }) => pnpm(command)))
    if (codes.includes(130)) return 130
    for (const [i, { name }] of together.entries()) {
      if (codes[i] === 0) passed += 1
      else failed += 1
      say(`${name}: ${codes[i] === 0 ? 'passed' : 'FAILED'}`)
    }
  }
  return { passed, failed }
}

/**
 * Lint, types, package checks and all tests; prints the sums and ends with `N passed, N failed`.
 * A folder whose tests should have run but left no report counts as one failure. With `only`, it
 * runs the test files whose path contains one of these words, and no other check.
 */
export async function runTests({ root, pnpm, say, only = [] }) {
  const checked = only.length > 0 ? { passed: 0, failed: 0 } : await runChecks({ pnpm, say })
  if (checked === 130) return 130
  let { passed, failed } = checked
  let skipped = 0
  let unexpected = 0
  const reasons = new Set()
  const folders = testFolders(root)
  for (const folder of folders) rmSync(reportOf(folder), { force: true })
  const words = only.length > 0 ? ['--', '--passWithNoTests', ...only] : []
  const code = await pnpm([...turbo('test'), ...words])
  if (code === 130) return 130
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
    const found = skips(report)
    unexpected += found.unexpected
    for (const reason of found.reasons) reasons.add(reason)
    if (report.numTotalTests > 0 || broken > 0)
      say(
        `${name}: ${report.numPassedTests} passed, ${broken} failed, ${report.numPendingTests} skipped`,
      )
  }
  if (code !== 0 && failed === 0) failed += 1
  for (const reason of reasons) say(reason)
  if (unexpected > 0 && process.env.CI) {
    say(`CI: ${unexpected} skipped tests count as failed; install what the lines above name`)
    failed += unexpected
    skipped -= unexpected
  }
  const and = skipped > 0 ? `, ${skipped} skipped` : ''
  process.stdout.write(`${passed} passed, ${failed} failed${and}\n`)
  return failed === 0 ? 0 : 1
}
