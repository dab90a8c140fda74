import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { layers } from '@tooling/eslint/layers'
import { ESLint } from 'eslint'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { members, root, sourceFiles } from './workspace.ts'

const inWorkspace = (name: string): boolean => name in layers

/**
 * Packages of the workspace that a source file imports; the parser passes over examples in
 * comments.
 */
const workspaceImports = (file: string): string[] =>
  ts
    .preProcessFile(readFileSync(join(root, file), 'utf8'))
    .importedFiles.map(({ fileName }) => /^(?:@nonconvex\/)?[^/]+/.exec(fileName)?.[0] ?? '')
    .filter(inWorkspace)

describe('the layers', () => {
  it.each(members().filter(({ manifest }) => inWorkspace(manifest.name)))(
    '$manifest.name depends only on the layers below it',
    ({ manifest }) => {
      const used = Object.keys(manifest.dependencies ?? {}).filter(inWorkspace)
      expect(used.filter((name) => !layers[manifest.name]?.includes(name))).toEqual([])
    },
  )

  it.each(members().filter(({ manifest }) => inWorkspace(manifest.name)))(
    '$manifest.name imports only what it declares',
    ({ folder, manifest }) => {
      const prefix = `${folder.slice(root.length + 1)}/src/`
      const imports = sourceFiles()
        .filter((file) => file.startsWith(prefix) && /\.tsx?$/.test(file))
        .flatMap((file) => workspaceImports(file).map((name) => `${file} → ${name}`))
      const allowed = layers[manifest.name] ?? []
      const strays = imports.filter((arrow) => {
        const target = arrow.split(' → ')[1] ?? ''
        return !allowed.includes(target) || !(target in (manifest.dependencies ?? {}))
      })
      expect(strays).toEqual([])
    },
  )

  it.each([
    ["import '@nonconvex/optim'", /may import only nothing of the workspace/],
    ["import '@nonconvex/tensor/src/dense/index.js'", /only through the entries/],
    ['export const chance = Math.random()', /randomness comes from a Stream/],
    ['export default 1', /named exports only/],
    ['export const packed = { ...{ a: 1 } }', /write the properties themselves/],
    ['// oxfmt-ignore\nexport const a = 1', /oxfmt-ignore/],
    ['/* eslint-disable */\nexport const chance = Math.random()', /randomness comes from a Stream/],
  ])('lint refuses in packages/tensor: %s', async (code, message) => {
    const folder = join(root, 'packages', 'tensor')
    const eslint = new ESLint({ cwd: folder })
    const [result] = await eslint.lintText(`${code}\n`, {
      filePath: join(folder, 'src', 'index.ts'),
    })
    expect(result?.messages.map((found) => found.message).join('\n')).toMatch(message)
  })
})
