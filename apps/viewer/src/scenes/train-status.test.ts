import { expect, test } from 'vitest'
import type { Ready } from './session.js'
import { trainStatus } from './train-status.js'

const settings = { train: 800, seed: 2 }
const ofSeed = (seed: number): Ready => ({
  seed,
  seconds: 3.21,
  trained: {
    weights: { alone: {}, joint: {}, ordered: {} },
    right: { alone: 0, joint: 0, ordered: 0 },
    objects: 1,
  },
})

test('before anything is trained it says what is shown', () => {
  expect(trainStatus({ kind: 'none' }, undefined, settings)).toMatch(/^True labels are shown\./)
  expect(trainStatus({ kind: 'stopped' }, undefined, settings)).toMatch(/^Stopped\. True labels/)
})

test('models of the seed of the page are reported with their training time', () => {
  const text = 'Trained on 800 scenes, seed 2, in 3.2 s.'
  expect(trainStatus({ kind: 'none' }, ofSeed(2), settings)).toBe(text)
})

test('training and models of another seed are reported as such', () => {
  expect(trainStatus({ kind: 'training', seed: 2 }, undefined, settings)).toBe(
    'Training on 800 scenes, seed 2…',
  )
  expect(trainStatus({ kind: 'training', seed: 1 }, undefined, settings)).toBe(
    'Training on 800 scenes, seed 1… The page is at seed 2 by now.',
  )
  expect(trainStatus({ kind: 'none' }, ofSeed(1), settings)).toBe(
    'What is trained are the networks of seed 1. The page is at seed 2: true labels are shown until you train again.',
  )
  expect(trainStatus({ kind: 'stopped' }, ofSeed(1), settings)).toMatch(/^Stopped\. .* of seed 1/)
})
