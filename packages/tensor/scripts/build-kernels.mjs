// Compiles every assembly/<name>.ts of a package to WebAssembly and writes src/generated/<name>.ts
// with the bytes inlined, so that no file has to be found at run time. A generated file is written
// only if it changed.
//
//   node build-kernels.mjs [package folder, default this one]
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import asc from 'assemblyscript/asc'

const root = resolve(process.argv[2] ?? join(import.meta.dirname, '..'))
const from = join(root, 'assembly')
const to = join(root, 'src', 'generated')

/** Browsers may refuse to compile larger modules synchronously on the main thread. */
const SYNCHRONOUS_LIMIT = 4096

const flags = ['-O3', '--runtime', 'stub', '--enable', 'simd', '--noAssert']

async function compile(name, extra) {
  let bytes
  const { error, stderr } = await asc.main(
    [`${name}.ts`, '--baseDir', from, '--outFile', `${name}.wasm`, ...flags, ...extra],
    {
      writeFile: (file, contents) => {
        if (file.endsWith('.wasm')) bytes = contents
      },
    },
  )
  if (error) throw new Error(`build-kernels: assembly/${name}.ts did not compile\n${stderr}`)
  if (bytes.length > SYNCHRONOUS_LIMIT) {
    throw new Error(
      `build-kernels: ${name} must have at most ${SYNCHRONOUS_LIMIT} bytes, got ${bytes.length}`,
    )
  }
  return bytes
}

mkdirSync(to, { recursive: true })
for (const file of readdirSync(from).filter((f) => f.endsWith('.ts'))) {
  const name = basename(file, '.ts')
  const first = readFileSync(join(from, file), 'utf8').split('\n', 1)[0]
  const extra = /^\/\/ flags: (.*)$/.exec(first)?.[1].split(' ') ?? []
  const base64 = Buffer.from(await compile(name, extra)).toString('base64')
  const text = `/** assembly/${file}, compiled by scripts/build-kernels.mjs. */\nexport const bytes: string =\n  '${base64}'\n`
  const target = join(to, file)
  let old = ''
  try {
    old = readFileSync(target, 'utf8')
  } catch {
    // Not built before.
  }
  if (old !== text) writeFileSync(target, text)
}
