import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { cli, makePipe, scratch, type Outcome } from './harness.js'
import { testScenes, trainScenes, writeScenes } from './scene-files.js'

const scenes = (out: string, ...more: string[]): Promise<Outcome> =>
  cli(['scenes', '--count', '1', '--out', out, ...more])

describe.skipIf(process.platform === 'win32')('--out FILE', () => {
  let text = ''
  beforeAll(async () => {
    text = (await cli(['scenes', '--count', '1'])).out
  })

  it('never replaces a device, a pipe or a folder', async () => {
    const folder = scratch()
    const pipe = join(folder, 'pipe')
    makePipe(pipe)
    // a link, so that a failure of this test costs no device
    const device = join(folder, 'device')
    symlinkSync('/dev/null', device)
    mkdirSync(join(folder, 'folder'))
    const before = readdirSync(folder)
    for (const out of [pipe, device, join(folder, 'folder')])
      for (const more of [[], ['--force']])
        expect(await scenes(out, ...more)).toMatchObject({ status: 2, codes: ['file-expected'] })
    expect(readdirSync(folder)).toEqual(before)
    expect(lstatSync(pipe).isFIFO()).toBe(true)
    expect(statSync(device).isCharacterDevice()).toBe(true)
  })

  it('follows a link to a file, which stays a link, and refuses one to nothing', async () => {
    const folder = scratch()
    const [link, file] = [join(folder, 'link'), join(folder, 'below', 'file')]
    symlinkSync(file, link)
    expect(await scenes(link, '--force')).toMatchObject({ status: 2, codes: ['file-expected'] })
    mkdirSync(join(folder, 'below'))
    writeFileSync(file, 'old')
    expect(await scenes(link)).toMatchObject({ status: 2, codes: ['file-exists'] })
    expect(await scenes(link, '--force')).toMatchObject({ status: 0 })
    expect(lstatSync(link).isSymbolicLink()).toBe(true)
    expect(readFileSync(file, 'utf8')).toBe(text)
    expect(readdirSync(join(folder, 'below'))).toEqual(['file'])
  })

  it('is not a picture in the place of a pipe', async () => {
    const folder = scratch()
    const pictures = join(folder, 'pictures')
    const draw = () => scenes(join(folder, 'file'), '--force', '--pictures', pictures)
    expect(await draw()).toMatchObject({ status: 0 })
    const [name] = readdirSync(pictures)
    makePipe(join(pictures, name))
    expect(await draw()).toMatchObject({ status: 2, codes: ['file-expected'] })
    expect(lstatSync(join(pictures, name)).isFIFO()).toBe(true)
  })
})

describe('the input', () => {
  it('of predict is never its output', async () => {
    const folder = scratch()
    const at = (name: string) => join(folder, name)
    const rows = 'a,b,label\n1,2,x\n2,1,x\n-1,-2,y\n-2,-1,y\n'
    writeFileSync(at('rows.csv'), rows)
    writeScenes(at('train.ndjson'), trainScenes)
    writeScenes(at('test.ndjson'), testScenes)
    await cli(['fit', 'separable', at('rows.csv'), '--out', at('separable')])
    await cli(['fit', 'scenes', at('train.ndjson'), '--out', at('scenes')])
    symlinkSync(at('rows.csv'), at('link.csv'))
    const weights = readFileSync(at('scenes/weights.safetensors'))
    for (const [model, data, out] of [
      ['separable', 'rows.csv', 'rows.csv'],
      ['separable', 'link.csv', 'rows.csv'],
      ['separable', 'rows.csv', 'link.csv'],
      ['separable', 'rows.csv', 'separable/model.json'],
      ['scenes', 'test.ndjson', 'test.ndjson'],
      ['scenes', 'test.ndjson', 'scenes/weights.safetensors'],
    ])
      for (const more of [[], ['--force']])
        expect(
          await cli(['predict', at(model), at(data), '--out', at(out), ...more]),
        ).toMatchObject({ status: 2, codes: ['output-is-input'] })
    expect(readFileSync(at('rows.csv'), 'utf8')).toBe(rows)
    expect(readFileSync(at('scenes/weights.safetensors'))).toEqual(weights)
  })
})

describe('a flag', () => {
  it.each([
    ['run', 'demo/halving', '--force'],
    ['run', 'demo/halving', '--resume'],
    ['fit', 'separable', 'x.csv', '--force'],
    ['fit', 'scenes', 'x.ndjson', '--resume'],
    ['scenes', '--count', '1', '--force'],
    ['scenes', '--count', '1', '--miss', '0'],
  ])('that needs another one is refused without it: %s %s %s %s', async (...argv) => {
    expect(await cli(argv)).toMatchObject({ status: 2, out: '', codes: ['flag-needs'] })
  })

  it.each(['--json', '--force', '--quiet', '--help'])(
    'is not the value of another one: --out %s',
    async (flag) => {
      for (const argv of [
        ['run', 'demo/halving', '--out', flag],
        ['run', 'demo/halving', '--set', flag],
        ['fit', 'separable', 'x.csv', '--label', flag],
      ])
        expect(await cli(argv)).toMatchObject({ status: 2, out: '', codes: ['usage'] })
    },
  )

  it.each(['--', '-', '-7'])('has no folder %s, which would be read as a flag', async (name) => {
    const { status, err, codes } = await cli(['run', 'demo/halving', '--out', name])
    expect({ status, codes }).toEqual({ status: 2, codes: ['usage'] })
    expect(err).toContain(`./${name}`)
  })
})
