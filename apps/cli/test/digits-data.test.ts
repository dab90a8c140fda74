import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { experiments, parseResult } from '@nonconvex/experiments'
import { describe, expect, it } from 'vitest'
import { cli, scratch } from './harness.js'

const word = (n: number): number[] => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]

/** Images whose ink lies left for even digits and right for odd ones. */
function images(count: number): Uint8Array {
  const bytes = new Uint8Array(16 + 784 * count)
  bytes.set([0, 0, 8, 3, ...word(count), ...word(28), ...word(28)])
  for (let i = 0; i < count; i++)
    for (let f = 0; f < 784; f++)
      if (f % 28 < 14 === (i % 2 === 0)) bytes[16 + 784 * i + f] = 100 + ((7 * i + f) % 100)
  return bytes
}
const labels = (count: number): Uint8Array =>
  new Uint8Array([0, 0, 8, 1, ...word(count), ...Array.from({ length: count }, (_, i) => i % 10)])

const small = ['k=1,3', 'n=60', 'seeds=1', 'positive=0,2,4,6,8', 'negative=1,3,5,7,9']

function setting(files: { readonly [name: string]: Uint8Array }) {
  const folder = scratch()
  const at = (name: string) => join(folder, name)
  mkdirSync(at('mnist'))
  for (const [name, bytes] of Object.entries(files)) writeFileSync(at(`mnist/${name}`), bytes)
  const here = (argv: readonly string[]) => cli(argv, { experiments })
  const run = (data = at('mnist'), more: readonly string[] = []) => {
    const given = small.filter(
      (each) => !more.some((one) => one.split('=')[0] === each.split('=')[0]),
    )
    const set = [...given, `data=${data}`, ...more].flatMap((each) => ['--set', each])
    return here(['run', 'overparam/mnist', ...set, '--out', at('out')])
  }
  const result = () => parseResult(readFileSync(at('out/result.json'), 'utf8'), 'out')
  return { at, here, run, result }
}

const train = {
  'train-images-idx3-ubyte': images(100),
  'train-labels-idx1-ubyte.gz': gzipSync(labels(100)),
}

describe('overparam/mnist on files of the user', () => {
  it('trains on them, names them by their hash, and is checked with them only', async () => {
    const { at, here, run, result } = setting(train)
    const done = await run()
    expect(done.status, done.err).toBe(0)
    const { rows, tables, verdicts } = result()
    const tested = rows.flatMap(({ key, measured }) =>
      key === 'files' ? [] : [(measured as { tested: number }).tested],
    )
    expect(tested).toEqual([40, 40])
    const files = tables.find(({ id }) => id === 'files')?.rows ?? []
    expect(files.map(([use, file, count]) => [use, file, count])).toEqual([
      ['training', 'train-images-idx3-ubyte', 100],
      ['training', 'train-labels-idx1-ubyte.gz', 100],
    ])
    for (const [, , , hash] of files) expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(verdicts.find(({ claim }) => claim === 'overparam/global-minimum')?.status).toBe('holds')

    const checked = await here(['verify', at('out')])
    expect(checked.status, checked.err + checked.out).toBe(0)

    // the same images, compressed: other bytes in another file
    rmSync(at('mnist/train-images-idx3-ubyte'))
    writeFileSync(at('mnist/train-images-idx3-ubyte.gz'), gzipSync(images(100)))
    const other = await here(['verify', at('out')])
    expect(other).toMatchObject({ status: 2, out: '' })
    expect(other.err).toMatch(/train-images-idx3-ubyte: .*SHA-256 [0-9a-f]{64}, .*got no file/)

    rmSync(at('mnist'), { recursive: true })
    const gone = await here(['verify', at('out')])
    expect(gone).toMatchObject({ status: 2, out: '' })
    expect(gone.err).toContain(at('mnist'))
  })

  it('tests on the test files of the folder, and may train on all others', async () => {
    const { run, result } = setting({
      ...train,
      't10k-images.idx3-ubyte': images(30),
      't10k-labels.idx1-ubyte': labels(30),
    })
    const done = await run(undefined, ['n=100', 'k=1'])
    expect(done.status, done.err).toBeLessThan(2)
    const { rows } = result()
    expect(rows.map(({ measured }) => (measured as { tested?: number }).tested)).toEqual([
      undefined,
      30,
    ])
  })

  // as many bytes, in other images
  const tall = images(100).slice()
  tall[11] = 14
  tall[15] = 56
  const bad: readonly (readonly [string, { readonly [name: string]: Uint8Array }, RegExp])[] = [
    ['an empty folder', {}, /mnist: .*train-images-idx3-ubyte, got none; give the folder/],
    [
      'images without labels',
      { 'train-images-idx3-ubyte': images(2) },
      /train-labels-idx1-ubyte beside train-images-idx3-ubyte, got none; give/,
    ],
    [
      'another magic number',
      { ...train, 'train-images-idx3-ubyte': labels(100) },
      /train-images-idx3-ubyte: .*0x00000803, got 0x00000801; .*swapped/,
    ],
    [
      'a file that is cut off',
      { ...train, 'train-images-idx3-ubyte': images(100).subarray(0, 5000) },
      /train-images-idx3-ubyte: .*78400 bytes .*got 4984; .*truncated/,
    ],
    [
      'a compressed file that is cut off',
      { ...train, 'train-labels-idx1-ubyte.gz': gzipSync(labels(100)).subarray(0, 30) },
      /train-labels-idx1-ubyte\.gz: gunzip: .*30 bytes.*fetch the file again/,
    ],
    [
      'labels of other images',
      { ...train, 'train-labels-idx1-ubyte.gz': labels(99) },
      /train-labels-idx1-ubyte\.gz: .*expected 100 labels, .*got 99; take both/,
    ],
    [
      'images of another size',
      { ...train, 'train-images-idx3-ubyte': tall },
      /train-images-idx3-ubyte: .*expected images of 28 × 28, got 14 × 56; scale/,
    ],
  ]
  it.each(bad)('refuses %s: status 2, the file and the remedy', async (_, files, message) => {
    const { status, out, err } = await setting(files).run()
    expect(err).toMatch(message)
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).not.toMatch(/\n\s+at /)
  })

  it('refuses a folder that is not there, a file in its place, and more digits than it has', async () => {
    const { at, run } = setting(train)
    const none = await run(at('none'))
    expect(none.err).toMatch(/^nonconvex: parameter data: .*none: no such folder; give the folder/m)
    const file = await run(at('mnist/train-images-idx3-ubyte'))
    expect(file.err).toMatch(/train-images-idx3-ubyte: expected a folder, got a file; give/)
    const many = await run(undefined, ['n=101'])
    expect(many.err).toMatch(/parameter n: expected at most 100, .*got 101/)
    const empty = await run('')
    expect(empty.err).toMatch(/parameter data: expected a path, got nothing; leave data out/)
    expect([none, file, many, empty].map(({ status }) => status)).toEqual([2, 2, 2, 2])
  })
})
