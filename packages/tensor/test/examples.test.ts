import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { afterAll, expect, it } from 'vitest'

// Runs the @example of every docstring against the built package and compares what it prints with its comments
// `// → …`, in order.

const root = join(import.meta.dirname, '..')
const source = join(root, 'src')
/** Inside the package, so that its own name resolves to its entries. */
const place = join(root, 'coverage', 'examples')

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !f.includes('generated'),
)

const examples = files.flatMap((file) => {
  const text = readFileSync(join(source, file), 'utf8')
  return [...text.matchAll(/@example\n((?: \*.*\n)+?) \*\//g)].map((match, i) => ({
    name: `${relative(root, join(source, file))} #${i}`,
    code: match[1].replace(/^ \* ?/gm, ''),
  }))
})

mkdirSync(place, { recursive: true })
afterAll(() => {
  rmSync(place, { recursive: true, force: true })
})

it('finds the examples', () => {
  expect(examples.length).toBeGreaterThan(20)
})

it.each(examples)('prints what it says: $name', ({ name, code }) => {
  const file = join(place, `${name.replace(/\W+/g, '-')}.mjs`)
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  })
  writeFileSync(file, outputText)
  const printed = execFileSync(process.execPath, [file], { encoding: 'utf8' }).trimEnd()
  const expected = [...code.matchAll(/\/\/ → (.*)$/gm)].map((match) => match[1])
  expect(expected.length).toBeGreaterThan(0)
  expect(printed).toBe(expected.join('\n'))
})
