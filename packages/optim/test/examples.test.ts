import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'node:util'
import * as tensor from '@nonconvex/tensor'
import * as interval from '@nonconvex/tensor/interval'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import * as optim from '../src/index.js'

const modules = {
  '@nonconvex/optim': optim,
  '@nonconvex/tensor': tensor,
  '@nonconvex/tensor/interval': interval,
}
const root = join(import.meta.dirname, '../src')
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.(test|bench)\.ts$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

/** Runs an example and returns what it prints and what its `// →` comments say. */
function play(example: string) {
  const source = example
    .replace(/^import type .*$/gm, '')
    .replace(
      /^import (\{.*\}) from ('.*')$/gm,
      (_, names: string, from: string) =>
        `const ${names.replace(/, type \w+|type \w+, /g, '')} = modules[${from}]`,
    )
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  })
  const printed: string[] = []
  const console = { log: (...items: unknown[]) => printed.push(format(...items)) }
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the examples are ours
  const main = new Function('modules', 'console', outputText) as (m: object, c: object) => void
  main(modules, console)
  const expected = [...example.matchAll(/\/\/ → (.*)$/gm)].map((match) => match[1])
  return { printed, expected }
}

describe('the README', () => {
  it('prints what it says', () => {
    const readme = readFileSync(join(root, '../README.md'), 'utf8')
    const [, code] = /```ts\n([^]*?)```/.exec(readme) ?? []
    const { printed, expected } = play(code)
    expect(expected).toHaveLength(2)
    expect(printed).toEqual(expected)
  })
})

describe('docstring examples', () => {
  const examples = files.flatMap(({ file, text }) =>
    [...text.matchAll(/@example\n((?: \*(?!\/).*\n)+)/g)].map((match) => ({
      file,
      code: match[1].replace(/^ \* ?/gm, ''),
    })),
  )

  it('are found', () => {
    expect(examples.length).toBeGreaterThan(20)
  })

  it.each(examples)('of $file print what they say', ({ code }) => {
    const { printed, expected } = play(code)
    expect(expected).not.toEqual([])
    expect(printed).toEqual(expected)
  })
})
