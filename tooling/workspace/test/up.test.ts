import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './workspace.ts'

/** A clone in small: the script, a package, and a program that prints where it runs. */
const clone = realpathSync(mkdtempSync(join(tmpdir(), 'nonconvex-up-')))
const calls = join(clone, 'calls.txt')

function put(name: string, text: string): string {
  const path = join(clone, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

beforeAll(() => {
  put('package.json', '{ "packageManager": "pnpm@0.0.0", "type": "module" }')
  put('pnpm-lock.yaml', '')
  put('pnpm-workspace.yaml', '')
  put('packages/a/src/a.ts', 'export const a = 1')
  put('packages/a/dist/a.js', 'export const a = 1')
  put('apps/cli/dist/start.js', '')
  put(
    'apps/cli/bin/nonconvex.js',
    'console.log(JSON.stringify([process.cwd(), ...process.argv.slice(2)]))',
  )
  mkdirSync(join(clone, 'tooling', 'scripts'), { recursive: true })
  copyFileSync(join(root, 'tooling/scripts/up.mjs'), join(clone, 'tooling/scripts/up.mjs'))
  // in place of npx: notes its arguments, prints, and fails where it is asked to
  const npx = put(
    'bin/npx',
    `#!/bin/sh\necho "$@" >> '${calls}'\necho noise of the build\nexit \${FAILS:-0}\n`,
  )
  chmodSync(npx, 0o755)
})

afterAll(() => rmSync(clone, { recursive: true, force: true }))

/** Runs `npm run nonconvex -- list` as npm starts it, and which commands of pnpm it ran. */
function up(env: { readonly [name: string]: string } = {}) {
  rmSync(calls, { force: true })
  const script = join(clone, 'tooling', 'scripts', 'up.mjs')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, 'nonconvex', 'list'], {
    cwd: clone,
    encoding: 'utf8',
    env: { PATH: `${join(clone, 'bin')}:${process.env['PATH'] ?? ''}`, ...env },
  })
  const ran = existsSync(calls) ? readFileSync(calls, 'utf8') : ''
  const jobs = ['install', 'build'].filter((job) => ran.includes(` ${job} `))
  return { status, stdout, stderr, jobs }
}

describe.skipIf(process.platform === 'win32')('npm run nonconvex', () => {
  it('installs and builds at first, and then only what has changed', () => {
    const printed = `${JSON.stringify([clone, 'list'])}\n`
    expect(up()).toMatchObject({ status: 0, stdout: printed, jobs: ['install', 'build'] })
    const again = { status: 0, stdout: printed, stderr: '', jobs: [] }
    expect(up()).toEqual(again)

    put('packages/a/src/a.ts', 'export const a = 2')
    expect(up()).toEqual({ ...again, stderr: 'building\n', jobs: ['build'] })
    put('packages/a/src/a.test.ts', 'a test is not built')
    expect(up()).toEqual(again)
    // another build, or another branch
    utimesSync(join(clone, 'packages/a/dist/a.js'), 1, 1)
    expect(up()).toEqual({ ...again, stderr: 'building\n', jobs: ['build'] })
    rmSync(join(clone, 'packages/a/dist/a.js'))
    expect(up().jobs).toEqual(['build'])
  })

  it('takes relative names from where npm was called', () => {
    const caller = join(clone, 'packages')
    const env = { npm_lifecycle_event: 'nonconvex', INIT_CWD: caller }
    expect(JSON.parse(up(env).stdout)).toEqual([caller, 'list'])
    // a variable that another script has left
    expect(JSON.parse(up({ ...env, npm_lifecycle_event: 'test' }).stdout)).toEqual([clone, 'list'])
  })

  it('prints what the build printed if it fails, and builds again', () => {
    put('packages/a/src/a.ts', 'export const a = 3')
    const failed = up({ FAILS: '1' })
    expect(failed).toMatchObject({ status: 3, stdout: '', jobs: ['build'] })
    expect(failed.stderr).toMatch(/noise of the build/)
    expect(up()).toMatchObject({ status: 0, jobs: ['build'] })
  })
})
