import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe } from 'vitest'

/** The browser of the browser tests. */
export const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

/** `describe`, where what the tests need is there; elsewhere they are skipped with the reason. */
function describeWith(available, what, remedy, tests) {
  if (available) describe(what, tests)
  else describe.skip(`skipped: ${what}: ${remedy}`, tests)
}

/** Tests in Chromium; without it they are skipped with the reason. */
export function describeInChromium(what, tests) {
  describeWith(existsSync(chromium), what, 'install chromium, or set CHROMIUM to its path', tests)
}

/**
 * Tests on real data, which are not part of the repository; without NONCONVEX_DATA they are
 * skipped with the reason.
 */
export function describeWithData(what, folder, tests) {
  const data = process.env['NONCONVEX_DATA'] ?? ''
  const path = join(data, folder)
  if (data !== '' && !existsSync(path))
    throw new Error(`NONCONVEX_DATA: expected a folder that contains ${folder}, got ${data}`)
  const remedy = `set NONCONVEX_DATA to the folder that contains ${folder}`
  describeWith(data !== '', what, remedy, () => tests(path))
}

/** A Python with NumPy; none where there is neither. */
export const python = process.env['NONCONVEX_PYTHON'] ?? 'python3'

/** Tests in Python; without it, or without NumPy, they are skipped with the reason. */
export function describeWithPython(what, tests) {
  const { status } = spawnSync(python, ['-c', 'import numpy'])
  describeWith(status === 0, what, 'install python3 with numpy, or set NONCONVEX_PYTHON', tests)
}

/** Tests in Python that need nothing but its standard library. */
export function describeWithPlainPython(what, tests) {
  const { status } = spawnSync(python, ['-c', 'import fractions'])
  describeWith(status === 0, what, 'install python3, or set NONCONVEX_PYTHON', tests)
}
