import { expect, it } from 'vitest'
import { abrupt } from '../src/start.js'

it('names --resume for the commands that have it, and for no other', () => {
  for (const command of ['run', 'reproduce']) expect(abrupt(command)).toContain('--resume')
  for (const command of ['fit', 'predict', 'evaluate', 'verify', 'bench', undefined])
    expect(abrupt(command)).toBe('nonconvex: interrupted')
})
