import fs from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { resultDigest, resultText, type Result } from '@nonconvex/experiments'
import type { Json } from '@nonconvex/optim/claims'
import { stream, type Stream } from '@nonconvex/tensor'
import { readSafetensors, type StoredTensor } from '@nonconvex/tensor/safetensors'
import fc from 'fast-check'
import { modelFiles, weightsFile, writtenModel } from '../../src/models/model-folder.js'
import { cli, type Outcome } from '../harness.js'
import { idx } from '../own-files.js'
import { testScenes, trainScenes, writeScenes } from '../scene-files.js'
import { below, mutateBytes, mutateJson, pick } from './mutate.js'

type Files = ReadonlyMap<string, Uint8Array>

const none = new Uint8Array()

/** Valid files, made once: what is mutated. */
export interface Base {
  readonly run: Files
  readonly report: Files
  readonly models: readonly { readonly files: Files; readonly data: string }[]
  readonly data: Files
}

function readFolder(folder: string): Files {
  const names = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return new Map(
    names
      .filter((name) => fs.statSync(join(folder, name)).isFile())
      .map((name) => [name, fs.readFileSync(join(folder, name))]),
  )
}

function writeFolder(folder: string, files: Files): void {
  for (const [name, bytes] of files) {
    fs.mkdirSync(join(folder, name, '..'), { recursive: true })
    fs.writeFileSync(join(folder, name), bytes)
  }
}

/** The data files of the cases: separable ones, then scenes. */
function dataFiles(folder: string): Files {
  const csv = 'width,height,kind\n1,2,near\n4,1,far\n2,2,near\n3,1,far\n1,1,near\n5,2,far\n'
  const sparse = '1 1:2 3:0.5\n-1 2:1\n1 1:1 2:0.25\n-1 3:2\n'
  const pixels = Uint8Array.from({ length: 6 * 4 }, (_, i) => (37 * i) % 256)
  const files = new Map<string, Uint8Array>([
    ['data.csv', Buffer.from(csv)],
    ['data.tsv', Buffer.from(csv.replaceAll(',', '\t'))],
    ['data.csv.gz', gzipSync(csv)],
    ['data.svm', Buffer.from(sparse)],
    [
      'three.csv',
      Buffer.from(
        'width,height,kind\n1,0,near\n0,1,far\n-1,-1,high\n2,0,near\n0,2,far\n-2,-1,high\n',
      ),
    ],
    ['images-idx3-ubyte', idx(0x803, [6, 2, 2], pixels)],
    ['labels-idx1-ubyte', idx(0x801, [6], Uint8Array.of(0, 1, 0, 1, 1, 0))],
  ])
  for (const [name, scenes] of [
    ['train.ndjson', trainScenes],
    ['test.ndjson', testScenes],
  ] as const)
    files.set(name, fs.readFileSync(writeScenes(join(folder, name), scenes)))
  return files
}

const network = ['--model', 'network', '--hidden', '2', '--epochs', '1']

/** Makes the valid files in `folder`. */
export async function makeBase(folder: string): Promise<Base> {
  const at = (name: string): string => join(folder, name)
  const done = async (...argv: readonly string[]): Promise<void> => {
    const { status, err } = await cli(argv)
    if (status !== 0) throw new Error(`${argv.join(' ')}: ${err}`)
  }
  fs.mkdirSync(folder, { recursive: true })
  const data = dataFiles(folder)
  writeFolder(folder, data)
  const separable = ['--k', '2', '--bias', '1', '--max-steps', '200', '--out']
  await done('run', 'demo/halving', '--out', at('run'))
  await done('reproduce', '--only', 'demo/halving', '--out', at('report'))
  await done('fit', 'separable', at('data.csv'), ...separable, at('m0'))
  await done('fit', 'separable', at('data.svm'), ...separable, at('m1'))
  await done('fit', 'scenes', at('train.ndjson'), '--out', at('m2'), '--test', at('test.ndjson'))
  await done('fit', 'scenes', at('train.ndjson'), ...network, '--out', at('m3'))
  await done('fit', 'separable', at('three.csv'), ...separable, at('m4'))
  await done('predict', at('m2'), at('test.ndjson'), '--out', at('predicted.ndjson'))
  return {
    run: readFolder(at('run')),
    report: readFolder(at('report')),
    models: ['data.csv', 'data.svm', 'test.ndjson', 'test.ndjson', 'three.csv'].map((name, i) => ({
      files: readFolder(at(`m${i}`)),
      data: name,
    })),
    data: new Map([...data, ['predicted.ndjson', fs.readFileSync(at('predicted.ndjson'))]]),
  }
}

/** A folder for one case, with what a case needs. */
interface Case {
  readonly base: Base
  readonly draw: Stream
  /** empty at the begin; files of the case, and nothing else, are written below it */
  readonly folder: string
}

const parsed = (files: Files, name: string): { [name: string]: unknown } =>
  JSON.parse(Buffer.from(files.get(name) ?? []).toString('utf8')) as { [name: string]: unknown }

/** One file of a folder changed in its bytes, gone, or a link that leads out. */
function mutateFolder({ draw, folder }: Case, files: Files): void {
  const name = pick(draw, [...files.keys()])
  const changed = new Map(files)
  changed.set(name, mutateBytes(draw, files.get(name) ?? none))
  writeFolder(folder, changed)
  if (draw.uniform() > 0.25) return
  const path = join(folder, pick(draw, [...files.keys(), '.nonconvex', 'sub', '.nonconvex/rows']))
  const target = pick(draw, ['../outside', '../outside/kept.txt', '../../x', folder, 'result.json'])
  fs.rmSync(path, { recursive: true, force: true })
  fs.mkdirSync(join(path, '..'), { recursive: true })
  if (draw.uniform() < 0.7) fs.symlinkSync(target, path)
}

/** A result document changed in its fields, half of the time with a digest that fits. */
function mutatedResult({ base, draw }: Case): string {
  const document = mutateJson(draw, parsed(base.run, 'result.json')) as Result
  try {
    return draw.uniform() < 0.5
      ? resultText({ ...document, digest: resultDigest(document) })
      : `${JSON.stringify(document, null, 1)}\n`
  } catch {
    return JSON.stringify(document)
  }
}

/** A model whose document was changed by somebody who makes all digests anew. */
function mutatedModel({ draw }: Case, files: Files): Files {
  const { schema, kind, weights, ...fields } = parsed(files, 'model.json')
  const { tensors } = readSafetensors(files.get('weights.safetensors') ?? none)
  const changed = mutateJson(draw, fields) as { [name: string]: Json }
  const made = writtenModel(String(kind), changed, (document) =>
    weightsFile(tensors as { [name: string]: StoredTensor }, document),
  )
  const page = Buffer.from(files.get('index.html') ?? []).toString('utf8')
  const written = [...modelFiles(made, page)].map(
    ([name, data]) => [name, Buffer.from(data)] as const,
  )
  if (draw.uniform() < 0.2)
    written.push(['note', Buffer.from(`${String(schema)} ${String(weights)}`)])
  return new Map([...files, ...written])
}

const maybe = (draw: Stream, ...flags: readonly string[]): readonly string[] =>
  flags.filter(() => draw.uniform() < 0.3)

/** What can be asked of data of a kind, and of a model. */
function fitLine(draw: Stream, path: string): readonly string[] {
  if (path.includes('ndjson')) {
    const model = draw.uniform() < 0.1 ? network : []
    return ['fit', 'scenes', path, ...model, ...maybe(draw, '--inclusive', '--json')]
  }
  return [
    ...['fit', 'separable', path, '--k', '2', '--max-steps', '100'],
    ...pick(draw, [
      [],
      ['--bias', '1'],
      ['--standardise'],
      ['--positive', 'near'],
      ['--scale', '2'],
    ]),
    ...pick(draw, [
      [],
      ['--label', 'kind'],
      ['--no-header'],
      ['--drop', 'width'],
      ['--test', path],
    ]),
    ...maybe(draw, '--json', '--strict'),
  ]
}

const commands: readonly (readonly string[])[] = [
  ...[['list'], ['show', 'demo/halving'], ['run', 'demo/halving'], ['run'], ['verify', './model']],
  ...[['fit', 'separable', './data'], ['fit'], ['predict', './model', './data'], ['evaluate'], []],
  ...[
    ['evaluate', './model', './data'],
    ['verify', './data'],
    ['completion'],
    ['reproduce', '--x'],
  ],
]

/** Words of our commands in any order, with values that are none; paths begin with ./ */
const words = fc.array(
  fc.oneof(
    fc.constantFrom(
      ...['list', 'show', 'verify', 'fit', 'separable', 'scenes', 'predict', 'evaluate', 'run'],
      ...['demo/halving', 'demo/learning', './data', './model', './new', '--', '--help', '--out'],
    ),
    fc.constantFrom(
      ...['--json', '--quiet', '--strict', '--set', 'cells=1', '__proto__=5', 'start=x', '--seed'],
      ...[
        '--k',
        '--bias',
        '--label',
        '--only',
        '--format',
        'csv',
        '--delta',
        '0.5',
        '--debug2',
        '=3',
      ],
      ...['--workers', '1', '--preset', 'quick', '--test', '--positive', '--no-color', '--resume'],
      ...['--force', '--max-steps', '--standardise', '--negative', '--params', '--timeout', '-1'],
    ),
    fc.string({ maxLength: 12, unit: 'binary' }).filter((text) => !/[./]/.test(text)),
    fc.integer().map(String),
    fc.double().map(String),
  ),
  { maxLength: 7 },
)

type Kind = (
  given: Case,
) => Promise<{ readonly argv: readonly string[]; readonly outcome: Outcome }>

const run = async (argv: readonly string[]): ReturnType<Kind> => ({
  argv,
  outcome: await cli(argv),
})

/** A way to be hostile, how often it is taken, and how. */
const kinds: readonly (readonly [name: string, weight: number, kind: Kind])[] = [
  [
    'result, its bytes',
    12,
    ({ base, draw, folder }) => {
      const path = join(folder, 'result.json')
      fs.writeFileSync(path, mutateBytes(draw, base.run.get('result.json') ?? none))
      return run(['verify', path, ...maybe(draw, '--json', '--strict')])
    },
  ],
  [
    'result, its fields',
    16,
    (given) => {
      const path = join(given.folder, 'result.json')
      fs.writeFileSync(path, mutatedResult(given))
      return run(['verify', path, ...maybe(given.draw, '--json')])
    },
  ],
  [
    'any JSON',
    12,
    ({ draw, folder }) => {
      const name = pick(draw, ['result.json', 'model.json'])
      const seed = below(draw, 2 ** 31)
      const [value] = fc.sample(fc.object({ maxDepth: 4 }), { numRuns: 1, seed })
      const schema = name === 'result.json' ? 'nonconvex/result@1' : 'nonconvex/model@3'
      const more = draw.uniform() < 0.7 ? { schema } : {}
      fs.writeFileSync(join(folder, name), JSON.stringify({ ...value, ...more }) ?? '')
      return run(['verify', draw.uniform() < 0.5 ? join(folder, name) : folder])
    },
  ],
  [
    'folder of a run',
    1,
    (given) => {
      mutateFolder(given, given.base.run)
      const again = ['run', 'demo/halving', '--set', 'cells=1', '--out', given.folder]
      const how = pick(given.draw, [[], ['--force'], ['--resume']])
      return run(given.draw.uniform() < 0.5 ? ['verify', given.folder] : [...again, ...how])
    },
  ],
  [
    'folder of a report',
    0.5,
    (given) => {
      mutateFolder(given, given.base.report)
      const again = ['reproduce', '--only', 'demo/halving', '--out', given.folder]
      return run(
        given.draw.uniform() < 0.6
          ? ['verify', given.folder]
          : [...again, ...maybe(given.draw, '--force')],
      )
    },
  ],
  [
    'folder of a model',
    6,
    (given) => {
      const { files, data } = pick(given.draw, given.base.models)
      mutateFolder(given, files)
      return useModel(given, data)
    },
  ],
  [
    'document of a model',
    6,
    (given) => {
      const { files, data } = pick(given.draw, given.base.models)
      writeFolder(given.folder, mutatedModel(given, files))
      return useModel(given, data)
    },
  ],
  [
    'data to fit',
    22,
    ({ base, draw, folder }) => {
      const name = pick(draw, [...base.data.keys()])
      writeFolder(
        folder,
        new Map([...base.data, [name, mutateBytes(draw, base.data.get(name) ?? none)]]),
      )
      return run(fitLine(draw, join(folder, name)))
    },
  ],
  [
    'data to use a model on',
    14,
    ({ base, draw, folder }) => {
      const { files, data } = pick(draw, base.models)
      writeFolder(join(folder, 'model'), files)
      const path = join(folder, data)
      fs.writeFileSync(path, mutateBytes(draw, base.data.get(data) ?? none))
      return run([pick(draw, ['predict', 'evaluate']), join(folder, 'model'), path])
    },
  ],
  [
    'predictions',
    5,
    ({ base, draw, folder }) => {
      const [path, data] = [join(folder, 'predicted.ndjson'), join(folder, 'test.ndjson')]
      fs.writeFileSync(path, mutateBytes(draw, base.data.get('predicted.ndjson') ?? none))
      fs.writeFileSync(data, base.data.get('test.ndjson') ?? none)
      return run(['evaluate', '--predictions', path, data, ...maybe(draw, '--json')])
    },
  ],
  [
    'parameter file',
    4,
    ({ draw, folder }) => {
      const json = draw.uniform() < 0.5
      const path = join(folder, json ? 'params.json' : 'params.yaml')
      const text = json ? '{"start": 8, "cells": 1}' : 'start: 8\ncells: 1\noutcome: holds\n'
      fs.writeFileSync(path, mutateBytes(draw, Buffer.from(text)))
      return run(['run', 'demo/halving', '--params', path, '--set', 'cells=1'])
    },
  ],
  [
    'command line',
    10,
    ({ base, draw, folder }) => {
      const [more] = fc.sample(words, { numRuns: 1, seed: below(draw, 2 ** 31) })
      fs.writeFileSync(join(folder, 'data'), base.data.get('data.csv') ?? '')
      writeFolder(join(folder, 'model'), base.models[0].files)
      const argv = [...pick(draw, commands), ...more]
      return run(argv.map((word) => (word.startsWith('./') ? join(folder, word) : word)))
    },
  ],
]

function useModel({ base, draw, folder }: Case, data: string): ReturnType<Kind> {
  if (draw.uniform() < 0.5) return run(['verify', folder, ...maybe(draw, '--json', '--strict')])
  const path = join(folder, 'own-data')
  fs.writeFileSync(path, base.data.get(data) ?? none)
  const format = data.includes('ndjson') ? 'ndjson' : data.endsWith('svm') ? 'svmlight' : 'csv'
  return run([pick(draw, ['predict', 'evaluate']), folder, path, '--format', format])
}

const total = kinds.reduce((sum, [, weight]) => sum + weight, 0)

/** The kind of a case of a seed, as often as its weight has it. */
export function kindOf(seed: number, index: number): string {
  let left = total * stream(seed).child('kind', index).uniform()
  return (kinds.find(([, weight]) => (left -= weight) < 0) ?? kinds[0])[0]
}

/** One case: it stays the same when kinds or weights change. */
export function runCase(
  base: Base,
  { kind, seed, index }: { readonly kind: string; readonly seed: number; readonly index: number },
  folder: string,
): ReturnType<Kind> {
  const [, , act] = kinds.find(([name]) => name === kind) ?? kinds[0]
  return act({ base, draw: stream(seed).child(kind, index), folder })
}
