import type { DotMark, LineMark } from '../figure/figure.js'

const tones = ['measured', 'ink', 'soft'] as const
const symbols = ['circle', 'triangle', 'square', 'diamond', 'star'] as const

/**
 * The style of the nth line of a figure: lines differ in shade and dash, and from the seventh line
 * on also in width.
 */
export function lineStyle(nth: number): Required<Pick<LineMark, 'tone' | 'dash' | 'width'>> {
  return {
    tone: tones[nth % tones.length],
    dash: nth % 2 === 1,
    width: 1.5 + Math.floor(nth / (2 * tones.length)),
  }
}

/**
 * The style of the nth of several groups of points: shape and filling, from the 11th on also size.
 */
export function dotStyle(nth: number): Required<Pick<DotMark, 'symbol' | 'filled' | 'radius'>> {
  const round = Math.floor(nth / symbols.length)
  const symbol = symbols[nth % symbols.length]
  return {
    symbol,
    // five symbols: the next round fills what this one leaves empty
    filled: nth % 2 === 0,
    radius: (symbol === 'circle' ? 3 : 3.75) + 1.5 * Math.floor(round / 2),
  }
}

/** The style of the nth of `count` curves in the order of a number: one hue, deeper as it grows. */
export const inOrder = (
  nth: number,
  count: number,
): Required<Pick<LineMark, 'tone' | 'opacity'>> => ({
  tone: 'measured',
  opacity: count > 1 ? 0.35 + (0.65 * nth) / (count - 1) : 1,
})
