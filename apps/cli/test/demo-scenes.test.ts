import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { cli, scratch } from './harness.js'

const scores = async (argv: readonly string[]): Promise<{ images: number; recall: number }> => {
  const { status, out, err } = await cli([...argv, '--json'])
  expect(status, err).toBe(0)
  const found = JSON.parse(out) as {
    scores: { constrained: { images: number; at: { recall: number }[] } }
  }
  const { images, at } = found.scores.constrained
  return { images, recall: at[0].recall }
}

it('synthetic scenes go through fit, predict and evaluate, as they are and as a detector finds them', async () => {
  const folder = scratch()
  const at = (name: string) => join(folder, name)
  const make = async (name: string, ...flags: readonly string[]): Promise<string> => {
    const { status, out, err } = await cli(['scenes', '--out', at(name), ...flags])
    expect({ status, out }, err).toEqual({ status: 0, out: '' })
    return err
  }
  expect(await make('train.ndjson', '--count', '120')).toMatch(
    /120 scenes with \d+ boxes and \d+ relations; written to .*train\.ndjson/,
  )
  await make('test.ndjson', '--count', '30', '--seed', '2', '--pictures', at('pictures'))
  expect(readdirSync(at('pictures'))).toHaveLength(20)
  const [header, ...lines] = readFileSync(at('test.ndjson'), 'utf8').trimEnd().split('\n')
  expect(JSON.parse(header)).toMatchObject({ dataset: 'demo', split: 'seed 2' })
  expect(lines).toHaveLength(30)

  const fit = await cli(['fit', 'scenes', at('train.ndjson'), '--out', at('model')])
  expect(fit.status, fit.err).toBe(0)
  const given = await scores(['evaluate', at('model'), at('test.ndjson')])
  const read = await scores(['evaluate', at('model'), at('test.ndjson'), '--task', 'sgcls'])
  expect(given.images).toBe(read.images)
  expect(given.recall).toBeGreaterThan(read.recall)
  // the detector's own scores, without any model and without the truth
  const alone = lines.map((line) => {
    const scene = JSON.parse(line) as { [name: string]: unknown }
    return JSON.stringify({ ...scene, classes: undefined, relations: undefined })
  })
  writeFileSync(at('own.ndjson'), [header, ...alone].join('\n'))
  const own = await scores(['evaluate', '--predictions', at('own.ndjson'), at('test.ndjson')])
  expect(own.recall).toBeGreaterThan(0)

  expect(
    await make('found.ndjson', '--count', '30', '--seed', '2', '--detections', '--jitter', '0.4'),
  ).toMatch(/30 scenes with \d+ boxes; written/)
  const predict = await cli(['predict', at('model'), at('found.ndjson'), '--out', at('p.ndjson')])
  expect(predict.status, predict.err).toBe(0)
  const found = await scores(['evaluate', '--predictions', at('p.ndjson'), at('test.ndjson')])
  expect(found.images).toBe(read.images)
  expect(found.recall).toBeLessThan(read.recall)
})

it('synthetic scenes are the same for the same seed, on standard output too, and more of them begin with the same', async () => {
  const few = await cli(['scenes', '--count', '3'])
  const more = await cli(['scenes', '--count', '5', '--seed', '1'])
  expect(few).toMatchObject({ status: 0 })
  expect(more.out.startsWith(few.out)).toBe(true)
  expect(more.out.trimEnd().split('\n')).toHaveLength(6)
  expect((await cli(['scenes', '--count', '3', '--seed', '2'])).out).not.toBe(few.out)
  // a better detector of the same scenes
  const keen = await cli(['scenes', '--count', '3', '--inner-margin', '3'])
  const things = (text: string): unknown[] =>
    text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => {
        const { boxes, classes, relations } = JSON.parse(line) as { [name: string]: unknown }
        return { boxes, classes, relations }
      })
  expect(things(keen.out)).toEqual(things(few.out))
  expect(keen.out).not.toBe(few.out)
})

it('synthetic scenes replace nothing unless told to, and say what is wrong with a flag', async () => {
  const folder = scratch()
  const file = join(folder, 'mine.ndjson')
  writeFileSync(file, 'mine')
  for (const [flags, message] of [
    [['--out', file], /mine\.ndjson.*--out.*--force/],
    [['--pictures', folder], /--pictures.*--force/],
    [['--count', '0'], /'--count <n>' argument '0' is invalid\. Expected a whole number from 1/],
    [['--kept', '1.5'], /'--kept <p>' argument '1.5' is invalid\. Expected a number from 0 to 1/],
    [['--inner-margin', '-1'], /argument '-1' is invalid\. Expected a number from 0/],
    [['--miss', '0.1'], /--miss.*--detections/],
    [['--detection'], /unknown option '--detection'[^]*--detections/],
  ] as const) {
    const { status, out, err } = await cli(['scenes', '--count', '1', ...flags])
    expect({ status, out }, err).toEqual({ status: 2, out: '' })
    expect(err).toMatch(message)
  }
  expect(readFileSync(file, 'utf8')).toBe('mine')
  expect(readdirSync(folder)).toEqual(['mine.ndjson'])
  expect((await cli(['scenes', '--count', '1', '--out', file, '--force'])).status).toBe(0)
  expect(readFileSync(file, 'utf8')).toMatch(/^\{"format"/)
  const aborted = await cli(['scenes', '--out', join(folder, 'other')], {
    signal: AbortSignal.abort(),
  })
  expect(aborted.status).toBe(130)
  expect(readdirSync(folder)).toEqual(['mine.ndjson'])
})
