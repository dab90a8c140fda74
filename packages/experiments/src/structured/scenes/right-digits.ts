import { tinySizes } from '@nonconvex/structured'
import { meanWithError, type MeanWithError } from '@nonconvex/optim/statistics'

const { objects: n } = tinySizes

/**
 * Share of right objects minus that of a rule, with its standard error over scenes.
 *
 * @param right - right objects of each scene, a digit each
 * @param rule - those of the rule on the same scenes
 */
export const pairedDifference = (right: string, rule: string): MeanWithError =>
  meanWithError(Array.from(right, (digit, b) => (Number(digit) - Number(rule[b])) / n))
