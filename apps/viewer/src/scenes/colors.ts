import type { Theme } from '@nonconvex/experiments/figure'

/** Colors of a picture. */
export type Colors = Pick<Theme, 'paper' | 'ink' | 'rule' | 'measured' | 'holds' | 'violated'>

/** Those of the page, light or dark, as its sheet of tokens has them. */
export const pageColors: Colors = {
  paper: 'var(--paper)',
  ink: 'var(--ink)',
  rule: 'var(--rule)',
  measured: 'var(--measured)',
  holds: 'var(--holds)',
  violated: 'var(--violated)',
}
