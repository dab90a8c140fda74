import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createLab } from './lab.js'
import shipped from './networks.json'
import { settingsOf } from './settings.js'
import { packed, unpacked } from './weights-file.js'

const bytes = readFileSync(new URL('networks.safetensors', import.meta.url))

test('the file is the one that its script wrote, with the settings of the page', () => {
  expect(bytes.length).toBe(shipped.bytes)
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(shipped.sha256)
  const stored = unpacked(bytes)
  expect(stored.settings).toEqual(settingsOf(1))
  expect(Buffer.from(packed(stored)).equals(bytes)).toBe(true)
})

test('its networks have the accuracies that it names', () => {
  const { settings, trained } = unpacked(bytes)
  const lab = createLab(settings)
  lab.restore(trained.weights)
  const { right, objects } = lab.tested()
  expect(objects).toBe(trained.objects)
  // of 3,212 objects, on another engine a few may be on the other side
  for (const model of ['alone', 'joint', 'ordered'] as const)
    expect(Math.abs(right[model] - trained.right[model])).toBeLessThan(0.002)
  expect(right.joint).toBeGreaterThan(right.alone + 0.1)
})
