import { tinySizes } from '@nonconvex/structured'
import type { PairedDifference } from '@nonconvex/structured'
import { mean } from '../../averages.js'

const { objects: n } = tinySizes

/**
 * Share of right objects minus that of a rule, with its standard error over scenes.
 *
 * @param right - right objects of each scene, a digit each
 * @param rule - those of the rule on the same scenes
 */
export function pairedDifference(right: string, rule: string): PairedDifference {
  const each = Array.from(right, (digit, b) => (Number(digit) - Number(rule[b])) / n)
  const middle = mean(each)
  const spread = each.reduce((sum, x) => sum + (x - middle) ** 2, 0)
  return { mean: middle, error: Math.sqrt(spread / (each.length - 1) / each.length) }
}
