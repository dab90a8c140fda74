#!/usr/bin/env node
// What `npm start`, `npm test` and `npm run nonconvex` do on a machine that has Node and the npm
// registry: bring the pinned pnpm, install by the lockfile, build, then the job itself.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const stamps = {
  installed: join(root, 'node_modules', '.nonconvex-installed'),
  built: join(root, 'node_modules', '.nonconvex-built'),
}

const say = (line) => process.stderr.write(`${line}\n`)

/**
 * Runs pnpm to its end and returns its exit code; a signal counts as 130. With `held` its output is
 * printed only if it fails.
 */
function pnpm(args, { env = {}, held = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn('npx', ['--yes', manifest.packageManager, ...args], {
      cwd: root,
      // its output goes to standard error: standard output belongs to the job (`--json` is a promise)
      stdio: held ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', ...env },
      shell: process.platform === 'win32',
    })
    // The child gets the terminal's Ctrl-C itself; this process only waits for it to finish.
    const wait = () => {}
    process.on('SIGINT', wait)
    const output = []
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data) => output.push(data))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      process.off('SIGINT', wait)
      const ended = signal ? 130 : (code ?? 1)
      if (ended !== 0 && ended !== 130) process.stderr.write(Buffer.concat(output))
      resolve(ended)
    })
  })
}

/** The lockfile and every manifest: what decides whether an installation is still right. */
function installationKey() {
  const hash = createHash('sha256')
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'])
    hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

const stamped = (stamp, key) => existsSync(stamp) && readFileSync(stamp, 'utf8') === key

function writeStamp(stamp, key) {
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, key)
}

async function install() {
  const key = installationKey()
  if (stamped(stamps.installed, key)) return
  say(`installing by the lockfile (${manifest.packageManager})`)
  const code = await pnpm(['install', '--frozen-lockfile', '--reporter=append-only'], {
    env: { CI: 'true' },
  })
  if (code !== 0)
    stop(code, 'the installation failed: is the npm registry reachable? Then run the command again')
  writeStamp(stamps.installed, key)
}

/** Every file below a path, or the file itself; none where there is nothing. */
function filesBelow(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const below = join(path, entry.name)
    return entry.isDirectory() ? filesBelow(below) : [below]
  })
}

/**
 * What decides whether the command line is built: the content of the sources, and size and time of
 * the built files, which another build or another branch may have changed.
 */
function buildKey() {
  const folders = [
    ...readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name)),
    join(root, 'apps', 'cli'),
  ]
  const inAll = (...names) =>
    folders.flatMap((folder) => names.flatMap((name) => filesBelow(join(folder, name)))).sort()
  const hash = createHash('sha256').update(installationKey())
  const generated = /[\\/]src[\\/]generated[\\/]/
  const settings = ['package.json', 'tsconfig.json', 'tsconfig.build.json']
  for (const file of inAll('src', 'assembly', 'scripts', 'bin', ...settings))
    if (!file.endsWith('.test.ts') && !generated.test(file))
      hash.update(file).update(readFileSync(file))
  for (const file of inAll('dist')) {
    if (!file.endsWith('.js')) continue
    const { size, mtimeMs } = statSync(file)
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

/** Builds a package and what it imports. */
async function buildWithImports(name) {
  const line = ['exec', 'turbo', 'run', 'build', `--filter=${name}...`]
  const code = await pnpm([...line, '--output-logs=errors-only'], { held: true })
  if (code !== 0) stop(code, 'the build failed; its messages are above')
}

/** Builds the command line, if something has changed. */
async function build() {
  if (stamped(stamps.built, buildKey())) return
  say('building')
  await buildWithImports('nonconvex')
  writeStamp(stamps.built, buildKey())
}

/**
 * Runs the command line in this process, where the user stands: npm itself has gone to the folder of
 * the manifest.
 */
async function nonconvex(job, args) {
  const { npm_lifecycle_event: script, INIT_CWD: caller } = process.env
  if (script === job && caller !== undefined && existsSync(caller)) process.chdir(caller)
  const cli = join(root, 'apps', 'cli', 'bin', 'nonconvex.js')
  process.argv = [process.execPath, cli, ...args]
  await import(pathToFileURL(cli).href)
}

function stop(code, message) {
  say(code === 130 ? 'interrupted' : message)
  process.exit(code === 130 ? 130 : 3)
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  say(`nonconvex needs Node 20.19 or newer, this is ${process.versions.node}`)
  process.exit(2)
}

const [job, ...args] = process.argv.slice(2)
await install()
if (job === 'start') {
  await build()
  // without the documents of the quick presets, which the report is about to compute
  const viewer = await pnpm(['--filter', '@apps/viewer', 'run', 'build'], { held: true })
  if (viewer !== 0) stop(viewer, 'the build of the viewer failed; its messages are above')
  say('running every experiment with its quick preset and writing the report')
  await nonconvex(job, ['reproduce', '--quick', '--viewer', '--out', 'report', ...args])
} else if (job === 'nonconvex') {
  await build()
  if (args[0] === 'view') {
    say('building the viewer, where something has changed')
    await buildWithImports('@apps/viewer')
  }
  await nonconvex(job, args)
} else if (job === 'test') {
  const { runTests } = await import('./run-tests.mjs')
  process.exit(await runTests({ root, pnpm, say, only: args }))
} else {
  say(`usage: up.mjs start | test [WORD …] | nonconvex …, got ${job ?? 'nothing'}`)
  process.exit(2)
}
