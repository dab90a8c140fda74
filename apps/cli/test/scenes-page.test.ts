import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { cli, scratch } from './harness.js'
import { testScenes, trainScenes, writeScenes } from './scene-files.js'

it('the page of a model of scenes says how its tables are to be read, what was odd, and from which seed', async () => {
  const folder = scratch()
  const at = (name: string) => join(folder, name)
  const [first, ...others] = trainScenes
  const odd = { ...first, boxes: first.boxes.map(() => [-5, 0, 9, 9] as const) }
  writeScenes(at('train.ndjson'), [odd, ...others])
  writeScenes(at('test.ndjson'), testScenes)
  const page = async (...more: readonly string[]) => {
    const { status, err } = await cli(['fit', 'scenes', at('train.ndjson'), '--out', at('model'), '--force', ...more]) // prettier-ignore
    expect(status, err).toBe(0)
    const text = readFileSync(at('model/index.html'), 'utf8')
    const main = text.slice(text.indexOf('<main>'))
    return { circles: main.split('<circle').length - 1, words: main.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ') } // prettier-ignore
  }
  const { words: plain } = await page()
  expect(plain).toContain('boxes outside the image or without area, which were kept')
  // without recalls there is nothing to explain
  expect(plain).not.toContain('Recall @K')
  const { words: tested } = await page('--test', at('test.ndjson'), '--inclusive')
  for (const text of ['Recall @K', 'Zero-shot: relations alone', 'PredCls: the classes of the boxes are given', 'their last pixel counts']) expect(tested).toContain(text) // prettier-ignore
  expect((await page('--test', at('train.ndjson'))).words).not.toContain('Zero-shot')

  const network = await page('--model', 'network', '--hidden', '4', '--epochs', '1', '--seed', '7')
  expect(network.words).toContain('their last pixel does not count')
  expect(network.words).toContain('task predcls seed 7 images learned from 1')
  // one look: both losses are points, and there is one in the key; the figure is drawn wide and narrow
  expect(network.circles).toBe(2 * 3)
})
