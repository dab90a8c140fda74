/** A color in a page, by its values for light and dark mode. */
const named = (light: string, dark: string): string => `var(--f-${light}-${dark})`

/**
 * One picture from two that differ in their colors only: each color becomes a variable that has
 * the light or the dark value. Pictures that differ in more than that: the light one.
 */
export function twoThemes(light: string, dark: string): string {
  const color = /(?<==")#([0-9a-f]{6})(?=")/g
  const darks = [...dark.matchAll(color)].map(([, hex]) => hex)
  if ([...light.matchAll(color)].length !== darks.length) return light
  let i = 0
  return light.replace(color, (_, hex: string) => named(hex, darks[i++]))
}

/**
 * The variables that a page's pictures use: the light values, and the dark ones where the reader
 * wants dark.
 */
export function palette(page: string): string {
  const used = new Map<string, readonly [string, string]>()
  for (const [, light, dark] of page.matchAll(/var\(--f-([0-9a-f]{6})-([0-9a-f]{6})\)/g))
    used.set(`--f-${light}-${dark}`, [light, dark])
  const values = (which: 0 | 1) =>
    [...used].map(([name, pair]) => `${name}:#${pair[which]}`).join(';')
  if (used.size === 0) return ''
  return `:root{${values(0)}}\n@media screen and (prefers-color-scheme:dark){:root{${values(1)}}}`
}
