#!/usr/bin/env node
// What `npm start`, `npm test` and `npm run nonconvex` do on a machine that has Node and the npm
// registry: bring the pinned pnpm, install by the lockfile, build, then the job itself.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runTests } from './run-tests.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const stamp = join(root, 'node_modules', '.nonconvex-installed')

const say = (line) => process.stderr.write(`${line}\n`)

/** Runs a command to its end and returns its exit code; a signal counts as 130. */
function run(command, args, { env = {}, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      // set-up output goes to standard error: standard output belongs to the job (`--json` is a
      // promise)
      stdio: quiet ? ['ignore', 2, 2] : 'inherit',
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', ...env },
      shell: process.platform === 'win32',
    })
    // The child gets the terminal's Ctrl-C itself; this process only waits for it to finish.
    const wait = () => {}
    process.on('SIGINT', wait)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      process.off('SIGINT', wait)
      resolve(signal ? 130 : (code ?? 1))
    })
  })
}

const pnpm = (args, options) =>
  run('npx', ['--yes', manifest.packageManager, ...args], { quiet: true, ...options })

/** The lockfile and every manifest: what decides whether an installation is still right. */
function installationKey() {
  const hash = createHash('sha256')
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'])
    hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

async function install() {
  const key = installationKey()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return
  say(`installing by the lockfile (${manifest.packageManager})`)
  const code = await pnpm(['install', '--frozen-lockfile', '--reporter=append-only'], {
    env: { CI: 'true' },
  })
  if (code !== 0)
    stop(code, 'the installation failed: is the npm registry reachable? Then run the command again')
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, key)
}

async function build() {
  const code = await pnpm(['exec', 'turbo', 'run', 'build', '--output-logs=errors-only'])
  if (code !== 0) stop(code, 'the build failed; its messages stand above')
}

function stop(code, message) {
  say(message)
  process.exit(code === 130 ? 130 : 3)
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  say(`nonconvex needs Node 20.19 or newer, this is ${process.versions.node}`)
  process.exit(2)
}

const [job, ...args] = process.argv.slice(2)
const cli = join(root, 'apps', 'cli', 'bin', 'nonconvex.js')
await install()
if (job === 'start') {
  say('building')
  await build()
  say('running every experiment with its quick preset and writing the report')
  const code = await run(process.execPath, [
    cli,
    'reproduce',
    '--quick',
    '--out',
    'report',
    ...args,
  ])
  process.exit(code)
} else if (job === 'nonconvex') {
  await build()
  process.exit(await run(process.execPath, [cli, ...args]))
} else if (job === 'test') {
  process.exit(await runTests({ root, pnpm, say, only: args }))
} else {
  say(`usage: up.mjs start | test [WORD …] | nonconvex …, got ${job ?? 'nothing'}`)
  process.exit(2)
}
