import { tinySizes } from '@nonconvex/structured'
import { meanDifference, type Difference } from '../paired.js'

const { objects: n } = tinySizes

/**
 * Share of right objects minus that of a rule, with its standard error over scenes.
 *
 * @param right - right objects of each scene, a digit each
 * @param rule - those of the rule on the same scenes
 */
export const pairedDifference = (right: string, rule: string): Difference =>
  meanDifference(Array.from(right, (digit, b) => (Number(digit) - Number(rule[b])) / n))
