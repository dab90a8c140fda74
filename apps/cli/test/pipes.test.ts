import {
  closeSync,
  constants,
  createWriteStream,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { cli, makePipe, scratch } from './harness.js'
import { program } from './program.js'
import { testScenes, trainScenes, writeScenes } from './scene-files.js'

const rows = 'a,b,label\n1,2,x\n2,1,x\n-1,-2,y\n-2,-1,y\n'

/** A model of the rows above, and these in a file. */
async function separable(): Promise<{ readonly model: string; readonly data: string }> {
  const folder = scratch()
  const [model, data] = [join(folder, 'model'), join(folder, 'rows.csv')]
  writeFileSync(data, rows)
  expect(await cli(['fit', 'separable', data, '--out', model])).toMatchObject({ status: 0 })
  return { model, data }
}

/** A pipe with a name. */
function fifo(name = 'pipe'): string {
  const path = join(scratch(), name)
  makePipe(path)
  return path
}

describe.skipIf(process.platform === 'win32')('data from a pipe', () => {
  it('gives what their file gives, by - and by name, packed or not', async () => {
    const { model, data } = await separable()
    const whole = await cli(['predict', model, data])
    expect(whole.status).toBe(0)
    const line = ['predict', model, '-', '--format', 'csv']
    expect(whole).toMatchObject(await program(line, { input: rows }))

    const path = fifo()
    createWriteStream(path).end(gzipSync(rows))
    expect(whole).toMatchObject(await program(['predict', model, path, '--format', 'csv']))

    const known = await program(['evaluate', model, '-', '--format', 'csv', '--json'], {
      input: rows,
    })
    expect(JSON.parse(known.out)).toMatchObject({ examples: 4, errors: 0, trainedOn: true })
  })

  it('may be a result', async () => {
    const { out } = await program(['run', 'gaussian/gd-rate', '--quick', '--json'])
    expect(await program(['verify', '-'], { input: out })).toMatchObject({
      status: 0,
      out: expect.stringMatching(/accepted.*gaussian\/gd-rate.*\/dev\/stdin/) as string,
    })
    expect(await program(['verify', '-'], { input: out.slice(0, 900) })).toMatchObject({
      status: 2,
      out: '',
    })
  })

  it('may be predictions and annotations of scenes, one each', async () => {
    const folder = scratch()
    const [model, out] = [join(folder, 'model'), join(folder, 'predicted.ndjson')]
    const train = writeScenes(join(folder, 'train.ndjson'), trainScenes)
    const test = writeScenes(join(folder, 'test.ndjson'), testScenes)
    await cli(['fit', 'scenes', train, '--out', model])
    await cli(['predict', model, test, '--out', out])
    const whole = await cli(['evaluate', '--predictions', out, test, '--json'])
    expect(whole.status).toBe(0)
    const predicted = fifo()
    createWriteStream(predicted).end(readFileSync(out))
    const line = ['evaluate', '--predictions', predicted, '-', '--format', 'ndjson', '--json']
    expect(whole).toMatchObject(await program(line, { input: readFileSync(test, 'utf8') }))

    const twice = ['evaluate', '--predictions', '-', '-', '--format', 'ndjson']
    expect(await program(twice, { input: readFileSync(out, 'utf8') })).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringMatching(/\/dev\/stdin: expected a file, got a pipe.*\n$/) as string,
    })
  })

  it('is refused with a remedy where a file is needed', async () => {
    const { model } = await separable()
    const line = ['predict', model, '-']
    expect(await program(line, { input: rows })).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringMatching(/\/dev\/stdin: .*--format csv, tsv, svmlight, idx\n$/) as string,
    })
    expect(await cli(['check-invariance', fifo('model.mjs')])).toMatchObject({
      status: 2,
      err: expect.stringMatching(/model\.mjs: expected a file, got a pipe.*\n$/) as string,
    })
  })

  it.each([
    ['data', (path: string, model: string) => ['predict', model, path]],
    ['a result', (path: string) => ['verify', path]],
    ['parameters', (path: string) => ['run', 'gaussian/gd-rate', '--params', path]],
    [
      'examples',
      (path: string) => [
        'fit',
        'separable',
        path,
        '--format',
        'csv',
        '--out',
        join(path, '..', 'fitted'),
      ],
    ],
  ])('%s that never come do not outlive Ctrl-C', async (_, line) => {
    const { model } = await separable()
    const path = fifo('rows.csv')
    let timer: NodeJS.Timeout | undefined
    let writer: number | undefined
    const { status } = await program(line(path, model), {
      onStart: (kill) => {
        timer = setInterval(() => {
          try {
            // there is something to open once the program waits at the other end
            writer = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
          } catch {
            return
          }
          clearInterval(timer)
          kill('SIGINT')
        }, 5)
      },
    })
    clearInterval(timer)
    if (writer !== undefined) closeSync(writer)
    expect(status).toBe(130)
    expect(readdirSync(dirname(path))).toEqual([basename(path)])
  })
})
