import { it } from 'vitest'
import { expectAlike } from './engines-alike.js'

it('on 1000 digits every engine makes the decisions of the primal one, to the same bits: k = 100', () =>
  expectAlike({ n: 1000, k: 100, seed: 4 }))
