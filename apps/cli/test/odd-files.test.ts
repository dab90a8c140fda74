import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { cli, makePipe, scratch } from './harness.js'

const device = (path: string) => {
  rmSync(path, { force: true })
  symlinkSync('/dev/zero', path)
}

describe.skipIf(process.platform === 'win32')('verify on a folder', () => {
  let out = ''
  const at = (name: string) => join(out, name)
  const verify = () => cli(['verify', out])
  beforeEach(async () => {
    out = join(scratch(), 'out')
    await cli(['run', 'demo/halving', '--out', out])
  })

  it.each([
    ['a pipe', makePipe],
    ['a device', device],
  ])('rejects a file that is %s, and does not wait', async (_, make) => {
    make(at('steps.csv'))
    const { status, out: text } = await verify()
    expect({ status, text }).toMatchObject({
      status: 1,
      text: expect.stringMatching(/rejected[^]*steps\.csv: .*expected a regular file/) as string,
    })
    make(at('result.json'))
    expect(await verify()).toMatchObject({ status: 2, codes: ['file-expected'] })
  })

  it('looks at each real file once, and follows no link to a folder', async () => {
    for (const name of ['a', 'b']) symlinkSync('.', at(name))
    symlinkSync('self', at('self'))
    symlinkSync('/', at('root'))
    const { status, out: text, codes } = await verify()
    expect({ status, codes }).toEqual({ status: 0, codes: ['links-skipped'] })
    expect(text.match(/accepted/g)).toHaveLength(1)
  })

  it('reads no model from a pipe, but for its marker is none', async () => {
    const folder = scratch()
    const data = join(folder, 'rows.csv')
    writeFileSync(data, 'a,b,label\n1,2,x\n2,1,x\n-1,-2,y\n-2,-1,y\n')
    const model = join(folder, 'model')
    await cli(['fit', 'separable', data, '--out', model])
    for (const name of ['weights.safetensors', 'model.json']) {
      makePipe(join(model, name))
      for (const argv of [
        ['verify', model],
        ['predict', model, data],
      ])
        expect(await cli(argv)).toMatchObject({ status: 2, codes: ['file-expected'] })
    }
    makePipe(join(model, '.nonconvex/folder.json'))
    expect((await cli(['verify', model])).status).toBe(2)
  })
})

describe.skipIf(process.platform === 'win32')('data', () => {
  it('that are named may be a pipe, and never a device', async () => {
    const folder = scratch()
    const path = join(folder, 'rows.csv')
    device(path)
    for (const argv of [
      ['fit', 'separable', path],
      ['fit', 'scenes', path, '--format', 'ndjson'],
      ['verify', path],
    ])
      expect(await cli(argv)).toMatchObject({ status: 2, codes: ['file-expected'] })
  })

  it('that are found next to them are regular files', async () => {
    const folder = scratch()
    const images = join(folder, 'train-images-idx3-ubyte')
    writeFileSync(images, Buffer.from([0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1]))
    makePipe(join(folder, 'train-labels-idx1-ubyte'))
    expect(await cli(['fit', 'separable', images])).toMatchObject({
      status: 2,
      codes: ['file-expected'],
    })
    for (const name of ['image_data.json', 'scene_graphs.json']) makePipe(join(folder, name))
    expect(await cli(['fit', 'scenes', folder])).toMatchObject({
      status: 2,
      codes: ['file-expected'],
    })
  })
})

it('a file that does not exist is named with the nearest name of its folder', async () => {
  const folder = scratch()
  for (const name of ['iris.csv', '.iris.cvs', 'other.txt']) writeFileSync(join(folder, name), '')
  const near = await cli(['fit', 'separable', join(folder, 'iris.cvs')])
  expect(near).toMatchObject({ status: 2, codes: ['file-missing'] })
  expect(near.err).toMatch(/it does not exist; did you mean iris\.csv\?\n$/)
  const far = await cli(['verify', join(folder, 'nowhere', 'result.json')])
  expect(far.err).toMatch(/it does not exist\n$/)
})
