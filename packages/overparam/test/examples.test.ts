import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'

// Runs the example of the README and the @example of every docstring against the built package, and compares what
// each prints with its comments `// → …`, in order.

const root = join(import.meta.dirname, '..')
const source = join(root, 'src')
/** Inside the package, so that its own name resolves to its entries. */
const place = join(root, 'coverage', 'examples')

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !f.includes('generated'),
)

const [, readme = ''] =
  /```ts\n([^]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? []

const docstrings = files.flatMap((file) => {
  const text = readFileSync(join(source, file), 'utf8')
  return [...text.matchAll(/@example\n((?: \*.*\n)+?) \*\//g)].map((match, i) => ({
    name: `${relative(root, join(source, file))} #${i}`,
    code: match[1].replace(/^ \* ?/gm, ''),
  }))
})

const examples = [{ name: 'README.md', code: readme }, ...docstrings]

/** Before the output of each example: no console.log prints it. */
const MARK = '\u0000'

/** What each example prints, all run by one process, one after the other. */
function run(): readonly string[] {
  rmSync(place, { recursive: true, force: true })
  mkdirSync(place, { recursive: true })
  const calls = examples.map(({ code }, i) => {
    const { outputText } = ts.transpileModule(code, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    })
    writeFileSync(join(place, `${i}.mjs`), outputText)
    return `process.stdout.write('\\0'); await import('./${i}.mjs').catch((e) => console.log(String(e)))`
  })
  writeFileSync(join(place, 'all.mjs'), calls.join('\n'))
  const output = execFileSync(process.execPath, [join(place, 'all.mjs')], { encoding: 'utf8' })
  rmSync(place, { recursive: true })
  return output.split(MARK).slice(1)
}

const printed = run()

it('finds the examples', () => {
  expect(examples.length).toBeGreaterThan(20)
})

it.each(examples.map((example, i) => ({ ...example, i })))(
  'prints what it says: $name',
  ({ code, i }) => {
    const expected = [...code.matchAll(/\/\/ → (.*)$/gm)].map((match) => match[1])
    expect(expected.length).toBeGreaterThan(0)
    expect(printed[i].trimEnd()).toBe(expected.join('\n'))
  },
)
