import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import { pathToFileURL } from 'node:url'
import { javaScriptOf } from '@tooling/vitest/transpile'
import ts from 'typescript'

/** A file that a text shows whole: a block whose info string is `ts file=PATH`. */
export interface DocumentedFile {
  /** relative to the root of the repository */
  readonly file: string
  readonly code: string
}

/** The files that a Markdown text shows, in its order. */
export function documentedFiles(markdown: string): DocumentedFile[] {
  return [...markdown.matchAll(/^```tsx? file=(\S+)\n([^]*?)^```$/gm)].map(
    ([, file = '', code = '']) => ({ file, code }),
  )
}

/** Lines that a text adds to files: blocks whose info string is `ts add=PATH`. */
export function documentedLines(markdown: string): DocumentedFile[] {
  return [...markdown.matchAll(/^```tsx? add=(\S+)\n([^]*?)^```$/gm)].map(
    ([, file = '', code = '']) => ({ file, code }),
  )
}

/** The files that exist and are not as the text shows them. */
export function outdated(root: string, files: readonly DocumentedFile[]): string[] {
  return files
    .filter(({ file }) => existsSync(join(root, file)))
    .filter(({ file, code }) => readFileSync(join(root, file), 'utf8') !== code)
    .map(({ file }) => file)
}

/** Parsed files of the repository and of packages: they do not change while tests run. */
const parsed = new Map<string, ts.SourceFile | undefined>()

/** What the compiler says of the files, as if they stood at their paths; none is written. */
export function typeErrors(root: string, files: readonly DocumentedFile[]): string[] {
  const virtual = new Map(files.map(({ file, code }) => [join(root, file), code]))
  const [project = ''] = files.map(({ file }) => file.split('/').slice(0, 2).join('/'))
  const folder = join(root, project)
  const read = ts.readConfigFile(join(folder, 'tsconfig.json'), (path) =>
    ts.sys.readFile(path),
  ) as { readonly config: unknown }
  const { options } = ts.parseJsonConfigFileContent(read.config, ts.sys, folder)
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile, directoryExists } = host
  host.fileExists = (path) => virtual.has(path) || fileExists(path)
  host.readFile = (path) => virtual.get(path) ?? readFile(path)
  host.directoryExists = (path) =>
    [...virtual.keys()].some((file) => file.startsWith(`${path}/`)) ||
    (directoryExists?.(path) ?? true)
  host.getSourceFile = (path, languageVersion) => {
    if (parsed.has(path) && !virtual.has(path)) return parsed.get(path)
    const text = host.readFile(path)
    const file = text === undefined ? undefined : ts.createSourceFile(path, text, languageVersion)
    if (!virtual.has(path)) parsed.set(path, file)
    return file
  }
  const program = ts.createProgram([...virtual.keys()], options, host)
  return [...virtual.keys()].flatMap((path) => {
    const source = program.getSourceFile(path)
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(({ messageText, start }) => {
      const line =
        source && start !== undefined ? ts.getLineAndCharacterOfPosition(source, start).line : 0
      return `${path.slice(root.length + 1)}:${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    })
  })
}

/**
 * The built file of a source file: 'packages/a/src/b/c.js' is in 'packages/a/dist/b/c.js'.
 */
const builtOf = (source: string): string => source.replace(/^([^/]+\/[^/]+)\/src\//, '$1/dist/')

/**
 * Writes the files as JavaScript where imports of packages resolve as from their own, with relative
 * imports of other files leading to the built ones.
 *
 * @returns the folder to remove afterwards, and where each file is
 */
function written(
  root: string,
  files: readonly DocumentedFile[],
): { readonly folder: string; readonly at: ReadonlyMap<string, string> } {
  const [project = ''] = files.map(({ file }) => file.split('/').slice(0, 2).join('/'))
  const folder = join(root, project, 'coverage', 'documented')
  const inJavaScript = (file: string): string => file.replace(/\.ts$/, '.js')
  const own = new Set(files.map(({ file }) => inJavaScript(file)))
  const at = new Map<string, string>()
  for (const { file, code } of files) {
    const target = join(folder, inJavaScript(file))
    const text = javaScriptOf(code).replace(
      /(\bfrom\s*|\bimport\s*\(?\s*)(['"])(\.[^'"]+)\2/g,
      (whole, before: string, quote: string, specifier: string) => {
        const imported = posix.join(posix.dirname(file), specifier)
        if (own.has(imported)) return whole
        return `${before}${quote}${pathToFileURL(join(root, builtOf(imported))).href}${quote}`
      },
    )
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text)
    at.set(file, target)
  }
  return { folder, at }
}

/** What an experiment of documented files gives when it is run with its quick preset. */
export interface DocumentedRun {
  readonly id: string
  readonly status: string
  readonly verdicts: readonly { readonly claim: string; readonly status: string }[]
  readonly accepted: boolean
}

/**
 * Runs the experiment of `…/experiment.ts` and `…/work.ts` with its quick preset, alone in its
 * registry, and verifies the result.
 */
export function runDocumented(root: string, files: readonly DocumentedFile[]): DocumentedRun {
  const { folder, at } = written(root, files)
  const urlOf = (name: string): string => {
    const [, path] = [...at].find(([file]) => file.endsWith(`/${name}`)) ?? []
    if (path === undefined) throw new Error(`runDocumented: expected a file ${name}, got none`)
    return pathToFileURL(path).href
  }
  const main = join(folder, 'run.mjs')
  const entryOf = (path: string): string =>
    pathToFileURL(join(root, 'packages/experiments/dist', path)).href
  writeFileSync(
    main,
    `import { runExperiment, verifyResult } from '${entryOf('index.js')}'
    import { withWork } from '${entryOf('define/index.js')}'
    const defined = Object.values(await import('${urlOf('experiment.ts')}'))
    const definition = defined.find((each) => typeof each?.id === 'string' && each.cells)
    const experiment = withWork(definition, () => import('${urlOf('work.ts')}'))
    const params = definition.presets.quick
    const result = await runExperiment(experiment, { params, seed: 1 })
    const { accepted } = await verifyResult(result, { among: [experiment] })
    const verdicts = result.verdicts.map(({ claim, status }) => ({ claim, status }))
    console.log(JSON.stringify({ id: definition.id, status: result.status, verdicts, accepted }))`,
  )
  try {
    return JSON.parse(execFileSync(process.execPath, [main], { encoding: 'utf8' })) as DocumentedRun
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A source with lines added: imports after the last of its imports, others at its end's bracket. */
function withLines(source: string, lines: string): string {
  const [imports, others] = [true, false].map((wanted) =>
    lines
      .split(/(?<=\n)/)
      .filter((line) => line.startsWith('import') === wanted)
      .join(''),
  )
  return source
    .replace(/(?<=^import .*\n)(?!import)/m, imports ?? '')
    .replace(/^\](?=\n*$)/m, `${others}]`)
}

/**
 * Runs the test among documented files in a copy of their package to which the files and the lines
 * that list them are added, as they will be.
 *
 * @returns each test's name and whether it passed
 */
export function testDocumented(
  root: string,
  files: readonly DocumentedFile[],
  lines: readonly DocumentedFile[],
): Record<string, string> {
  const [project = ''] = files.map(({ file }) => file.split('/').slice(0, 2).join('/'))
  const from = join(root, project)
  const copy = join(from, 'coverage', 'documented-package')
  const at = (file: string): string => join(copy, file.slice(project.length + 1))
  rmSync(copy, { recursive: true, force: true })
  for (const name of ['src', 'test', 'package.json', 'vitest.config.ts'])
    cpSync(join(from, name), join(copy, name), { recursive: true })
  for (const { file, code } of files) {
    mkdirSync(dirname(at(file)), { recursive: true })
    writeFileSync(at(file), code)
  }
  for (const { file, code } of lines)
    writeFileSync(at(file), withLines(readFileSync(at(file), 'utf8'), code))
  const tests = files.filter(({ file }) => file.endsWith('.test.ts')).map(({ file }) => at(file))
  const vitest = join(from, 'node_modules/vitest/vitest.mjs')
  try {
    execFileSync(process.execPath, [vitest, 'run', ...tests], { cwd: copy, stdio: 'pipe' })
    const report = JSON.parse(readFileSync(join(copy, 'test-report.json'), 'utf8')) as {
      readonly testResults: readonly {
        readonly name: string
        readonly assertionResults: readonly { readonly title: string; readonly status: string }[]
      }[]
    }
    return Object.fromEntries(
      report.testResults.flatMap(({ name, assertionResults }) =>
        assertionResults.map(({ title, status }) => [`${basename(name)}: ${title}`, status]),
      ),
    )
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}
