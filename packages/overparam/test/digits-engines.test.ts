import { it } from 'vitest'
import { expectAlike } from './engines-alike.js'

it.each([1, 17].flatMap((k) => [1, 2, 3].map((seed) => ({ n: 600, k, seed }))))(
  'on $n digits every engine makes the decisions of the primal one, to the same bits: k = $k, seed $seed',
  expectAlike,
)
