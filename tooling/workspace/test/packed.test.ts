import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, posix } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleOf } from './readme-example.ts'
import { publishedMembers, readManifest, root } from './workspace.ts'

/**
 * A consumer as users are: an empty folder outside the workspace, the tarballs and tsc. pnpm links
 * what others publish from its store, where npm would unpack 400 MB.
 */
const consumer = mkdtempSync(join(tmpdir(), 'nonconvex-consumer-'))
const packageManager = (readManifest(root) as unknown as { packageManager: string }).packageManager
const libraries = publishedMembers().filter(({ manifest }) => manifest.name !== 'nonconvex')

/** Every entry of every library, but those that need tfjs, which users install themselves. */
const entries = libraries.flatMap(({ manifest }) =>
  Object.entries(manifest.exports ?? {}).flatMap(([path, target]) =>
    typeof target === 'object' && !/engine|tfjs/.test(path)
      ? [posix.join(manifest.name, path)]
      : [],
  ),
)

/** The TypeScript that builds our packages, and the one before, which others still use. */
const [tsc, tscBefore] = [join('packages', 'tensor'), ''].map((folder) =>
  join(root, folder, 'node_modules', 'typescript', 'bin', 'tsc'),
)

const inConsumer = (command: string, args: string[]): string =>
  execFileSync(command, args, {
    cwd: consumer,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, CI: 'true', NO_COLOR: '1' },
  })

/** Without `skipLibCheck`: the types we publish must be right on their own. */
const tsconfig = {
  compilerOptions: {
    module: 'NodeNext',
    target: 'ES2022',
    lib: ['ES2023', 'DOM'],
    strict: true,
    types: ['node'],
    skipLibCheck: false,
    // TypeScript's own need no check
    skipDefaultLibCheck: true,
    typeRoots: [join(root, 'node_modules', '@types')],
    rootDir: '.',
    outDir: 'out',
  },
  include: ['*.ts'],
}

beforeAll(() => {
  const members = publishedMembers().flatMap(({ manifest }) => ['--filter', manifest.name])
  execFileSync(
    'npx',
    ['--yes', packageManager, '-r', ...members, 'pack', '--pack-destination', consumer],
    { cwd: root, stdio: 'ignore' },
  )
  const tarball = (name: string, version: string): string =>
    `file:${join(consumer, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)}`
  const dependencies = Object.fromEntries(
    publishedMembers().map(({ manifest: { name, version } }) => [name, tarball(name, version)]),
  )
  writeFileSync(
    join(consumer, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module', dependencies }),
  )
  // a package finds only what it declares, and its neighbors of this version are not published yet
  const settings = { overrides: dependencies, allowBuilds: { 'core-js': false } }
  writeFileSync(join(consumer, 'pnpm-workspace.yaml'), JSON.stringify(settings))
  inConsumer('npx', ['--yes', packageManager, 'install', '--prefer-offline', '--no-lockfile'])
  writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify(tsconfig))
  writeFileSync(
    join(consumer, 'entries.ts'),
    entries.map((entry, i) => `export * as entry${i} from '${entry}'`).join('\n'),
  )
  for (const { folder } of libraries)
    writeFileSync(
      join(consumer, `${basename(folder)}.ts`),
      exampleOf(readFileSync(join(folder, 'README.md'), 'utf8')).code,
    )
}, 300_000)

afterAll(() => rmSync(consumer, { recursive: true, force: true }))

describe('packages as npm users get them', () => {
  it('every example of a README, and every entry, type-checks against the packed types', () => {
    inConsumer(process.execPath, [tsc, '-p', '.'])
  })

  it('every entry is found by a bundler, too, and loads in Node', () => {
    const bundler = ['--module', 'ESNext', '--moduleResolution', 'Bundler', '--noEmit']
    inConsumer(process.execPath, [tscBefore, '-p', '.', ...bundler, '--skipLibCheck'])
    inConsumer(process.execPath, [join('out', 'entries.js')])
  })

  it.each(libraries.map(({ folder }) => [basename(folder), folder] as const))(
    'the example of %s prints what its README says',
    (name, folder) => {
      const { printed } = exampleOf(readFileSync(join(folder, 'README.md'), 'utf8'))
      expect(printed.length).toBeGreaterThan(0)
      const out = inConsumer(process.execPath, [join('out', `${name}.js`)])
      expect(out.trim().split('\n')).toEqual(printed)
    },
  )

  it('the command line runs from its tarball', () => {
    const json = (...args: string[]): unknown =>
      JSON.parse(inConsumer(join('node_modules', '.bin', 'nonconvex'), [...args, '--json']))
    const { experiments } = json('list') as { experiments: { id: string }[] }
    expect(experiments.map(({ id }) => id)).toContain('overparam/mnist')
    expect(json('run', 'gaussian/no-overlap', '--quick')).toMatchObject({
      experiment: 'gaussian/no-overlap',
    })
  })
})
