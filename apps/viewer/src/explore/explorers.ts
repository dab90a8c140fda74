import { budget } from '../budget/explorer.js'
import { ownData } from '../data/explorer.js'
import { deadUnits } from '../dead-units/explorer.js'
import { filter } from '../filter/explorer.js'
import { landscape } from '../landscape/explorer.js'
import { proof } from '../proof/explorer.js'
import { scenes } from '../scenes/explorer.js'
import { separable } from '../separable/explorer.js'
import { twoSums } from '../two-sums/explorer.js'
import { wholePicture } from '../whole-picture/explorer.js'
import type { Explorer } from './explorer.js'

/** The explorers, in the talk's order. */
export const explorers: readonly Explorer[] = [
  filter,
  landscape,
  separable,
  proof,
  deadUnits,
  ownData,
  wholePicture,
  twoSums,
  scenes,
  budget,
]
