import { expect, it } from 'vitest'
import { abrupt } from '../src/start.js'

it.each([
  ['run x --out dir', true],
  ['--quiet run x --out=dir', true],
  ['run x', false],
  ['reproduce', true],
  ['fit separable x --out dir', false],
  ['predict x y --out file', false],
  ['', false],
])('nonconvex %s: names --resume, if ended at once, only where it exists', (line, resumes) => {
  expect(abrupt(line.split(' ')).includes('--resume')).toBe(resumes)
})
