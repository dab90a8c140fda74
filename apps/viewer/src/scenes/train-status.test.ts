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

test('before training it names what is shown', () => {
  expect(trainStatus({ kind: 'none' }, undefined, settings)).toMatch(/^True labels.* 800 /)
  expect(trainStatus({ kind: 'stopped' }, undefined, settings)).toMatch(/^Stopped\. True labels/)
})

test('models of the seed of the page are reported with their training time', () => {
  expect(trainStatus({ kind: 'none' }, ofSeed(2), settings)).toMatch(
    /800 scenes, seed 2, in 3\.2 s/,
  )
  const { seed, trained } = ofSeed(2)
  expect(trainStatus({ kind: 'none' }, { seed, trained }, settings)).toContain('come with the page')
  expect(trainStatus({ kind: 'loading' }, undefined, settings)).toMatch(/^Loading/)
})

test('training and models of another seed are reported with both seeds', () => {
  const training = (seed: number) => trainStatus({ kind: 'training', seed }, undefined, settings)
  expect(training(2)).toMatch(/800 scenes, seed 2…$/)
  expect(training(1)).toMatch(/800 scenes, seed 1….* seed 2\.$/)
  const trained = trainStatus({ kind: 'none' }, ofSeed(1), settings)
  expect(trained).toMatch(/seed 1,.* scenes have seed 2/)
  expect(trainStatus({ kind: 'stopped' }, ofSeed(1), settings)).toBe(`Stopped. ${trained}`)
})
