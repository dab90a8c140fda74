import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The checks of `npm test`, in the order in which a broken tree should be told. Those of one list
 * run side by side: each keeps one core busy. turbo has a list for itself, as it may put built
 * files back while others read them.
 */
const checks = [
  [
    { name: 'formatting', command: ['exec', 'prettier', '--check', '.', '--log-level', 'warn'] },
    { name: 'build', command: turbo('build') },
  ],
  [
    { name: 'lint of tooling', command: ['exec', 'eslint', 'tooling'] },
    { name: 'nothing unused', command: ['exec', 'knip'] },
  ],
  [
    {
      name: 'lint, types, packages as published',
      command: turbo('lint', 'typecheck', 'check:package'),
    },
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

/** Every workspace folder that can hold a test report. */
function workspaceFolders(root) {
  return ['packages', 'apps', 'tooling'].flatMap((part) =>
    readdirSync(join(root, part), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(root, part, entry.name)),
  )
}

const reportOf = (folder) => join(folder, 'test-report.json')

/**
 * Lint, types, package checks and all tests; prints the sums and ends with `N passed, N failed`.
 * A folder whose tests should have run but left no report counts as one failure.
 */
export async function runTests({ root, pnpm, say }) {
  let passed = 0
  let failed = 0
  let skipped = 0
  for (const together of checks) {
    const codes = await Promise.all(together.map(({ command }) => pnpm(command)))
    if (codes.includes(130)) return 130
    for (const [i, { name }] of together.entries()) {
      if (codes[i] === 0) passed += 1
      else failed += 1
      say(`${name}: ${codes[i] === 0 ? 'passed' : 'FAILED'}`)
    }
  }
  const folders = workspaceFolders(root).filter((folder) =>
    existsSync(join(folder, 'vitest.config.ts')),
  )
  for (const folder of folders) rmSync(reportOf(folder), { force: true })
  const code = await pnpm(turbo('test'))
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
    say(
      `${name}: ${report.numPassedTests} passed, ${broken} failed, ${report.numPendingTests} skipped`,
    )
  }
  if (code !== 0 && failed === 0) failed += 1
  if (skipped > 0 && process.env.CI) {
    say(`CI: ${skipped} skipped tests count as failed; install what the lines "skipped: …" name`)
    failed += skipped
  }
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
}
