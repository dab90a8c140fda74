import type { Tone } from './figure.js'

/** The colors of a figure: one for each tone, and `paper`, the background. */
export type Theme = { readonly [tone in Tone]: string }

/**
 * Light and dark, each with contrast AA on its background; the same tokens as the surrounding
 * pages.
 */
export const themes: { readonly light: Theme; readonly dark: Theme } = {
  light: {
    paper: '#ffffff',
    ink: '#1d2125',
    soft: '#69717a',
    rule: '#d9dde1',
    measured: '#0b6aa8',
    bound: '#c8501a',
    holds: '#1a7f5a',
    violated: '#b3261e',
    undecided: '#845c00',
  },
  dark: {
    paper: '#15181b',
    ink: '#e6e8ea',
    soft: '#98a1a9',
    rule: '#2c3237',
    measured: '#5db2ec',
    bound: '#f08a57',
    holds: '#4cc08f',
    violated: '#f4687a',
    undecided: '#d6a23c',
  },
}

/**
 * Mixes two colors, `fraction` of the first, channel by channel in sRGB.
 *
 * @param fraction - in [0, 1] Black and white, a quarter of black: '#bfbfbf'.
 */
export function mix(a: string, b: string, fraction: number): string {
  const channel = (color: string, i: number): number => parseInt(color.slice(i, i + 2), 16)
  const parts = [1, 3, 5].map((i) =>
    Math.round(fraction * channel(a, i) + (1 - fraction) * channel(b, i))
      .toString(16)
      .padStart(2, '0'),
  )
  return `#${parts.join('')}`
}
