import type { Theme } from '@nonconvex/experiments/figure'

/** A mix of two colors of the form #rrggbb, `fraction` of the first. */
export function mix(a: string, b: string, fraction: number): string {
  const channel = (color: string, i: number) => parseInt(color.slice(i, i + 2), 16)
  const parts = [1, 3, 5].map((i) =>
    Math.round(fraction * channel(a, i) + (1 - fraction) * channel(b, i))
      .toString(16)
      .padStart(2, '0'),
  )
  return `#${parts.join('')}`
}

/** One hue from deep, where the loss is low, to pale, where it is high; `depth` from 0 to 1. */
export function shade(theme: Theme, depth: number): string {
  return mix(theme.soft, theme.paper, 0.74 - 0.71 * depth)
}

/** The same for a lit surface: its pale parts differ from the paper. */
export function surfaceShade(theme: Theme, depth: number): string {
  return mix(theme.soft, theme.paper, 0.78 - 0.5 * depth)
}
