import { describe, expect, it } from 'vitest'
import { mix, themes } from './theme.js'

/** WCAG 2 relative luminance and contrast. */
function contrast(a: string, b: string): number {
  const luminance = (color: string): number => {
    const [r, g, blue] = [1, 3, 5].map((i) => {
      const c = parseInt(color.slice(i, i + 2), 16) / 255
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue
  }
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (high + 0.05) / (low + 0.05)
}

describe.each(['light', 'dark'] as const)('the %s theme', (name) => {
  const theme = themes[name]
  it.each(['ink', 'soft', 'measured', 'holds', 'violated', 'undecided'] as const)(
    'can be read: %s',
    (tone) => {
      expect(contrast(theme[tone], theme.paper)).toBeGreaterThanOrEqual(4.5)
    },
  )
  it('shows the bound as well as a line and large text need', () => {
    expect(contrast(theme.bound, theme.paper)).toBeGreaterThanOrEqual(4.3)
  })
})

it('mixes colors by fractions', () => {
  expect(mix('#000000', '#ffffff', 0.25)).toBe('#bfbfbf')
  expect(mix('#0b6aa8', '#ffffff', 1)).toBe('#0b6aa8')
  expect(mix('#0b6aa8', '#ffffff', 0)).toBe('#ffffff')
})
