import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSafetensors, writeSafetensors, type StoredTensor } from '@nonconvex/tensor/safetensors'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../src/models/model-folder.js'
import { good } from './fit-files.js'
import { cli, coded, scratch } from './harness.js'
import { testScenes, trainScenes, writeScenes } from './scene-files.js'

type Fields = { [name: string]: unknown }

type Stored = { readonly [name: string]: StoredTensor }

/** The counts of triplets with another number in the first row. */
function changedCount(tensors: Stored, column: number, value: number): Stored {
  const { shape, data } = tensors['counts.triplets']
  const counts = Int32Array.from(data as Int32Array)
  counts[column] = value
  return { ...tensors, 'counts.triplets': { dtype: 'I32', shape, data: counts } }
}

/** A model of each kind, what it is used on, and a field of its document. */
async function modelOf(kind: 'scenes' | 'network' | 'separable') {
  const folder = scratch()
  const at = (name: string) => join(folder, name)
  const model = at('model')
  const scenes = kind !== 'separable'
  const data = scenes ? writeScenes(at('test.ndjson'), testScenes) : at('good.csv')
  if (!scenes) writeFileSync(data, good)
  const train = scenes ? writeScenes(at('train.ndjson'), trainScenes) : data
  const more = {
    scenes: [],
    network: ['--model', 'network', '--hidden', '4', '--epochs', '1'],
    separable: ['--k', '3', '--bias', '1'],
  }[kind]
  const fitted = await cli(['fit', scenes ? 'scenes' : kind, train, ...more, '--out', model])
  expect(fitted.status, fitted.err).toBe(0)
  const [document, weights] = [join(model, 'model.json'), join(model, 'weights.safetensors')]
  const read = (): Fields => JSON.parse(readFileSync(document, 'utf8')) as Fields
  const store = (fields: Fields) => writeFileSync(document, JSON.stringify(fields))
  /** Writes other weights as somebody does who minds the digest in the document. */
  const reweigh = (bytes: Uint8Array) => {
    writeFileSync(weights, bytes)
    store({ ...read(), weights: sha256(bytes) })
  }
  const refused = async (message: RegExp) => {
    for (const command of ['predict', 'evaluate']) {
      const outcome = await cli([command, model, data])
      const { status, out } = outcome
      expect(coded(outcome), command).toMatch(message)
      expect({ status, out }, command).toEqual({ status: 2, out: '' })
    }
    expect((await cli(['verify', model])).status).toBe(1)
  }
  const used = async () => {
    for (const command of ['predict', 'evaluate']) {
      const { status, err } = await cli([command, model, data])
      expect({ status, err }, command).toMatchObject({ status: 0 })
    }
  }
  return {
    model,
    read,
    store,
    reweigh,
    refused,
    used,
    tensors: () => readSafetensors(readFileSync(weights)),
  }
}

describe.each(['scenes', 'network', 'separable'] as const)('a model of kind %s', (kind) => {
  it('whose document was changed is refused where it is used, as verify refuses it', async () => {
    const { read, store, refused, used } = await modelOf(kind)
    await used()
    const fields = read()
    store({ ...fields, versions: { nonconvex: '9.9.9' } })
    await refused(/model-changed.*model\.json: .*weights\.safetensors/)
    store(Object.fromEntries(Object.entries(fields).reverse()))
    await used()
  })

  it('whose weights were written anew without saying for which document is refused', async () => {
    const { reweigh, refused, tensors } = await modelOf(kind)
    reweigh(writeSafetensors(tensors().tensors as { [name: string]: StoredTensor }))
    await refused(/model-changed.*weights\.safetensors.*model\.json/)
  })

  it('of a kind that this version does not know is refused by verify, too', async () => {
    const { read, store, model } = await modelOf(kind)
    store({ ...read(), kind: 'spam' })
    expect(await cli(['verify', model])).toMatchObject({
      status: 2,
      out: '',
      codes: ['model-kind'],
    })
  })

  it('of a newer schema is refused with both, one of the older schema is read', async () => {
    const { read, store, reweigh, refused, used, tensors, model } = await modelOf(kind)
    const fields = read()
    store({ ...fields, schema: 'nonconvex/model@3' })
    const newer =
      /model-newer.*model\.json: .*nonconvex\/model@1 or nonconvex\/model@2.*nonconvex\/model@3/
    expect(coded(await cli(['verify', model]))).toMatch(newer)
    expect(coded(await cli(['predict', model, model]))).toMatch(newer)
    const old = Object.entries(fields).filter(([name]) => name !== 'page')
    store({ ...Object.fromEntries(old), schema: 'nonconvex/model@1' })
    if (kind === 'separable')
      reweigh(writeSafetensors(tensors().tensors as { [name: string]: StoredTensor }))
    await used()
    const { status, out } = await cli(['verify', model])
    expect(status, out).toBe(0)
    expect(out).toContain('index.html was not checked')
    store({ ...read(), schema: 'nonconvex/model@2', versions: {} })
    await refused(/model\.json: /)
  })

  it('whose page was changed or is gone is found by verify', async () => {
    const { model } = await modelOf(kind)
    const page = join(model, 'index.html')
    const fine = await cli(['verify', model])
    expect(fine.status, fine.out).toBe(0)
    expect(fine.out).toContain('note: index.html ')
    const text = readFileSync(page, 'utf8')
    // another folder is another command, and the same model
    writeFileSync(page, text.replaceAll(model, '/elsewhere'))
    expect((await cli(['verify', model])).status).toBe(0)
    writeFileSync(page, text.replace('<style>', '<style>.verdict{display:none}'))
    expect((await cli(['verify', model])).status).toBe(1)
    writeFileSync(page, text.replace('<h1>', '<h1>Surely '))
    const changed = await cli(['verify', model])
    expect(changed.status).toBe(1)
    expect(changed.out).toContain('index.html: ')
    expect(changed.out).toMatch(/note: .*predict and evaluate do not use it/)
    rmSync(page)
    const missing = (await cli(['verify', model])).out
    expect(missing).toContain('index.html: this file is missing')
    expect(missing).not.toContain('was compared')
    expect(missing).toContain('note: index.html is for readers: predict and evaluate do not use it')
  })
})

it.each(['network', 'separable'] as const)(
  'weights of a model of kind %s that are not finite are named',
  async (kind) => {
    const { tensors, reweigh, refused } = await modelOf(kind)
    const { tensors: found, metadata } = tensors()
    const [name, first] =
      Object.entries(found).find(([, each]) => each?.dtype === 'F32' || each?.dtype === 'F64') ?? []
    if (first) first.data[2] = NaN
    reweigh(
      writeSafetensors(
        found as { [name: string]: StoredTensor },
        metadata as { [name: string]: string },
      ),
    )
    await refused(
      new RegExp(
        `weights\\.safetensors: ${name}: expected finite numbers, got NaN as number 3 of \\d+; fit the model again`,
      ),
    )
  },
)

it.each([
  [
    'an array of another shape',
    (tensors: Stored) => {
      const {
        data,
        shape: [rows, cols],
      } = tensors['network.phi.zi']
      return {
        ...tensors,
        'network.phi.zi': { dtype: 'F32', shape: [cols, rows], data } as StoredTensor,
      }
    },
    /weights\.safetensors: phi\.zi must be \d+ × \d+, got .*; fit the model again/,
  ],
  [
    'an array that no network has',
    (tensors: Stored) => ({ ...tensors, 'network.more': tensors['network.phi.zi'] }),
    /weights\.safetensors: names must be .*; fit the model again/,
  ],
  [
    'a class that is none',
    (tensors: Stored) => changedCount(tensors, 0, 7),
    /weights\.safetensors: a class must be from 1 to 3, got 7; fit the model again/,
  ],
  [
    'a count below 1',
    (tensors: Stored) => changedCount(tensors, 3, -2),
    /weights\.safetensors: a count must be 1 or more, got -2; fit the model again/,
  ],
] as const)('weights with %s are refused where they are used', async (_, change, message) => {
  const { tensors, reweigh, refused } = await modelOf('network')
  const { tensors: found, metadata } = tensors()
  reweigh(writeSafetensors(change(found as Stored), metadata as { [name: string]: string }))
  await refused(message)
})

it.each(['scenes', 'network', 'separable'] as const)(
  'weights of a model of kind %s that are others of the same shapes are refused where they are used',
  async (kind) => {
    const { tensors, reweigh, refused } = await modelOf(kind)
    const { tensors: found, metadata } = tensors()
    const changed = kind === 'scenes' ? changedCount(found as Stored, 3, 9) : found
    const [, first] =
      Object.entries(found).find(([, each]) => each?.dtype === 'F32' || each?.dtype === 'F64') ?? []
    if (first) first.data[0] = 0.5
    reweigh(writeSafetensors(changed as Stored, metadata as { [name: string]: string }))
    await refused(/model-changed.*weights\.safetensors: /)
  },
)

it('verify speaks of the kind of model that it is given', async () => {
  const [scenes, separable] = [await modelOf('scenes'), await modelOf('separable')]
  const said = async ({ model }: { readonly model: string }) => (await cli(['verify', model])).out
  expect(await said(scenes)).not.toMatch(/not checked: the counts/)
  expect(await said(separable)).toMatch(/not checked: the counts/)
})

it('is the same model, wherever it is written and whether it is', async () => {
  const folder = scratch()
  const at = (name: string) => join(folder, name)
  writeFileSync(at('good.csv'), good)
  writeScenes(at('train.ndjson'), trainScenes)
  for (const line of [
    ['separable', at('good.csv'), '--k', '3', '--bias', '1'],
    ['scenes', at('train.ndjson')],
  ]) {
    const fit = async (...more: readonly string[]) =>
      (await cli(['fit', ...line, '--json', ...more])).out
    const nowhere = await fit()
    // a name that needs fonts of its own
    const [one, other] = [at(`${line[0]}-a`), at(`${line[0]}-модель`)]
    expect([await fit('--out', one), await fit('--out', other)]).toEqual([nowhere, nowhere])
    expect(readFileSync(join(other, 'model.json'), 'utf8')).toBe(nowhere)
    for (const model of [one, other]) expect((await cli(['verify', model])).status).toBe(0)
  }
})
