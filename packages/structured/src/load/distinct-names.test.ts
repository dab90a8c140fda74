import { expect, it } from 'vitest'
import type { Vocabulary } from './annotated-scene.js'
import { distinctNames } from './distinct-names.js'
import { readGqa } from './gqa.js'
import { readVisualGenome } from './visual-genome.js'

it('names the second place of a name, as its file counts', () => {
  const names = ['none', 'dog', 'cat', 'dog']
  expect(() => distinctNames(names, { part: 'names.json' }, (i) => `entry ${i}`)).toThrow(
    'names.json: entry 3: expected each name once, got "dog" again; rename it, or merge the two',
  )
  expect(distinctNames(names.slice(0, 3), {}, String)).toEqual(['none', 'dog', 'cat'])
})

const vocabulary: Vocabulary = { classes: ['none', 'dog'], predicates: ['none', 'on'] }

it('a vocabulary in which two names are one when they are compared is refused', () => {
  const classes = ['none', 'T-shirt', 'dog', 'tshirt']
  const wrong = /classes\[3\], compared without case and punctuation: .* got "tshirt" again/
  expect(() => readGqa(['{}'], { ...vocabulary, classes })).toThrow(wrong)
  expect(() => readVisualGenome({ images: ['[]'] }, { ...vocabulary, classes })).toThrow(wrong)
  // entry 0 is no name that is looked up
  expect(readGqa(['{}'], { ...vocabulary, classes: ['dog', 'Dog'] }).header.classes).toEqual([
    'dog',
    'Dog',
  ])
})
