import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { javaScriptOf } from './transpile.js'

/** The examples of a package: those of its README, then the @example of every docstring. */
function examplesIn(root) {
  const source = join(root, 'src')
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ts$/.test(file) && !/\.(test|bench)\.ts$|generated/.test(file))
    .sort()
  const docstrings = files.flatMap((file) =>
    [
      ...readFileSync(join(source, file), 'utf8').matchAll(
        /^ *\* @example\n((?: *\*(?!\/).*\n)+)/gm,
      ),
    ].map(([, block], i) => ({
      name: `src/${file}${i > 0 ? ` (${i + 1})` : ''}`,
      code: block.replace(/^ *\* ?/gm, ''),
    })),
  )
  const blocks = readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```ts\n([^]*?)```/g)
  const readme = [...blocks].map(([, code], i) => ({
    name: `README.md${i > 0 ? ` (${i + 1})` : ''}`,
    code,
  }))
  return [...readme, ...docstrings]
}

/** Before the output of each example: no console.log prints it. */
const MARK = '\u0000'

/** What each example prints, all run by one process, one after the other. */
function outputs(root, examples) {
  // inside the package, so that its own name resolves to its built entries
  const place = join(root, 'coverage', 'examples')
  rmSync(place, { recursive: true, force: true })
  mkdirSync(place, { recursive: true })
  const calls = examples.map(({ code }, i) => {
    writeFileSync(join(place, `${i}.mjs`), javaScriptOf(code))
    return `process.stdout.write('\\0'); await import('./${i}.mjs').catch((e) => console.log(String(e)))`
  })
  const all = join(place, 'all.mjs')
  writeFileSync(all, calls.join('\n'))
  const output = execFileSync(process.execPath, [all], { encoding: 'utf8' })
  rmSync(place, { recursive: true })
  return output.split(MARK).slice(1)
}

/**
 * Registers a test for each example of the package at `root`: it prints what its comments `// → …`
 * say.
 */
export function examplesPrintWhatTheySay(root, { atLeast }) {
  describe('examples', () => {
    const examples = examplesIn(root)
    const printed = outputs(root, examples)

    it('are found, that of the README first', () => {
      expect(examples[0]?.name).toBe('README.md')
      expect(examples.length).toBeGreaterThanOrEqual(atLeast)
    })

    it.each(examples.map((example, i) => ({ ...example, output: printed[i] })))(
      'of $name print what they say',
      ({ code, output }) => {
        const expected = [...code.matchAll(/\/\/ → (.*)$/gm)].map((match) => match[1])
        expect(expected.length).toBeGreaterThan(0)
        expect(output.trimEnd()).toBe(expected.join('\n'))
      },
    )
  })
}
