import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import ts from 'typescript'

/** Each file with the files that it imports. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>

/**
 * The files that a file imports by a relative path, whether by `import`, `import type`, `export …
 * from` or `import()` of a literal.
 *
 * @param file - its path, with `/`
 * @param text - its content
 * @param files - the paths that exist; imports of others are left out
 */
export function importsOf(file: string, text: string, files: ReadonlySet<string>): string[] {
  return ts
    .preProcessFile(text)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .flatMap(({ fileName }) => {
      const path = posix.join(posix.dirname(file), fileName)
      const candidates = [path, path.replace(/\.js$/, '.ts'), path.replace(/\.jsx?$/, '.tsx')]
      return candidates.filter((candidate) => files.has(candidate)).slice(0, 1)
    })
}

/** The import graph of TypeScript and JavaScript files, given relative to `root`. */
export function importGraph(root: string, files: readonly string[]): ImportGraph {
  const known = new Set(files)
  return new Map(
    files.map((file) => [
      file,
      importsOf(file, readFileSync(posix.join(root, file), 'utf8'), known),
    ]),
  )
}

/**
 * The circles of a graph: its strongly connected components of two files or more, and files that
 * import themselves. Tarjan's algorithm, O(files + imports).
 */
export function circles(graph: ImportGraph): string[][] {
  const found: string[][] = []
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const visit = (file: string): number => {
    const number = order.size
    order.set(file, number)
    stack.push(file)
    onStack.add(file)
    let lowest = number
    for (const target of graph.get(file) ?? []) {
      if (!order.has(target)) lowest = Math.min(lowest, visit(target))
      else if (onStack.has(target)) lowest = Math.min(lowest, order.get(target) ?? lowest)
    }
    low.set(file, lowest)
    if (lowest === number) {
      const component = stack.splice(stack.indexOf(file))
      for (const member of component) onStack.delete(member)
      if (component.length > 1 || graph.get(file)?.includes(file)) found.push(component.sort())
    }
    return lowest
  }
  for (const file of graph.keys()) if (!order.has(file)) visit(file)
  return found
}
