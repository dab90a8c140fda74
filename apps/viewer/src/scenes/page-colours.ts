import type { Theme } from '@nonconvex/experiments/figure'

/** Colours of a picture. */
export type Colours = Pick<Theme, 'paper' | 'ink' | 'rule' | 'measured' | 'holds' | 'violated'>

/** Those of the page, light or dark, as its sheet of tokens has them. */
export const pageColours: Colours = {
  paper: 'var(--paper)',
  ink: 'var(--ink)',
  rule: 'var(--rule)',
  measured: 'var(--measured)',
  holds: 'var(--holds)',
  violated: 'var(--violated)',
}
