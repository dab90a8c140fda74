import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import type { Member } from './workspace.ts'

export interface PublicName {
  readonly name: string
  /** the declarations as they are published, without comments */
  readonly text: string
  /** where it is declared; equal for one declaration that is exported twice */
  readonly declared: string
}

export interface Entry {
  /** as it is imported: `@nonconvex/tensor/random` */
  readonly specifier: string
  readonly names: readonly PublicName[]
}

interface Conditions {
  readonly types?: string
}

const printer = ts.createPrinter({ removeComments: true })

/** The text of a declaration; that of a variable with its `const`. */
function textOf(declaration: ts.Declaration): string {
  const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration
  return printer
    .printNode(ts.EmitHint.Unspecified, node, declaration.getSourceFile())
    .replace(/^export (default )?/, '')
    .replace(/^declare /, '')
}

/** Every name that packages export, by the entries of each package.json, from the built types. */
export function publicSurfaces(members: readonly Member[]): Entry[][] {
  const all = members.map(({ folder, manifest }) =>
    Object.entries(manifest.exports ?? {}).flatMap(([path, conditions]) => {
      const { types } = conditions as Conditions
      const specifier = join(manifest.name, path)
      return types === undefined ? [] : [{ specifier, folder, file: join(folder, types) }]
    }),
  )
  const files = all.flat().map(({ file }) => file)
  const missing = files.find((file) => !existsSync(file))
  if (missing) throw new Error(`publicSurfaces: expected ${missing}, got no file; build first`)
  // names and declarations are all that is read: neither the types of the language nor of Node
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.NodeNext,
    noLib: true,
    types: [],
  })
  const checker = program.getTypeChecker()
  return all.map((entries) =>
    entries.map(({ specifier, folder, file }) => {
      const source = program.getSourceFile(file)
      const module = source && checker.getSymbolAtLocation(source)
      if (!module) throw new Error(`publicSurfaces: expected a module, got ${file}`)
      const names = checker
        .getExportsOfModule(module)
        .map((exported) => publicName(checker, folder, exported))
      names.sort((a, b) => (a.name < b.name ? -1 : 1))
      return { specifier, names }
    }),
  )
}

function publicName(checker: ts.TypeChecker, folder: string, exported: ts.Symbol): PublicName {
  const { name } = exported
  const alias = exported.flags & ts.SymbolFlags.Alias
  const symbol = alias ? checker.getAliasedSymbol(exported) : exported
  const declarations = symbol.declarations ?? []
  const [first] = declarations
  if (first === undefined)
    throw new Error(`publicSurfaces: expected a declaration of ${name}, got none`)
  const file = first.getSourceFile().fileName
  const renamed = symbol.name === name ? [] : [`// exported as ${name}`]
  const text = relative(folder, file).startsWith('..')
    ? `export { ${name} } // of another package`
    : [...renamed, ...declarations.map(textOf)].join('\n')
  return { name, text, declared: `${file}:${first.pos}` }
}

/** The report on a package's public surface, as it is committed. */
export function surfaceReport(packageName: string, entries: readonly Entry[]): string {
  const sections = entries.map(({ specifier, names }) =>
    [
      `## \`${specifier}\` (${names.length})`,
      ['```ts', names.map(({ text }) => text).join('\n\n'), '```'].join('\n'),
    ].join('\n\n'),
  )
  const head = `# Public surface of ${packageName}

Written by \`pnpm api\` from the built types; a test compares.`
  return `${[head, ...sections].join('\n\n')}\n`
}

/** Names that are exported by more than one path, each with its paths. */
export function reachableTwice(entries: readonly Entry[]): string[] {
  const paths = new Map<string, string[]>()
  for (const { specifier, names } of entries)
    for (const { name, declared } of names)
      paths.set(declared, [...(paths.get(declared) ?? []), `${specifier}: ${name}`])
  return [...paths.values()].filter((each) => each.length > 1).map((each) => each.join(' = '))
}

/** The lines `export * …` in the source files of a package. */
export function starExports(root: string, files: readonly string[]): string[] {
  return files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^export \* .*$/gm)].map(
      ([line]) => `${file}: ${line}`,
    ),
  )
}
