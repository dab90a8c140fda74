import { readFileSync } from 'node:fs'
import { themes } from '@nonconvex/experiments/figure'
import { expect, test } from 'vitest'

test('page and figures have the same colors, light and dark', () => {
  const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
  const [light = '', dark = ''] = css.split('@media screen and (prefers-color-scheme: dark)')
  for (const [part, theme] of [
    [light, themes.light],
    [dark, themes.dark],
  ] as const) {
    const tokens = [...part.matchAll(/--(\w+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [
      name,
      value,
    ])
    expect(Object.fromEntries(tokens)).toEqual(theme)
  }
})
