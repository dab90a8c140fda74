/** A colour in a page, by its values on a light and on a dark ground. */
const named = (light: string, dark: string): string => `var(--f-${light}-${dark})`

/**
 * One picture from two that differ in their colours only: each colour becomes a variable that has
 * the light or the dark value. Pictures that differ in more than that: the light one.
 */
export function twoThemes(light: string, dark: string): string {
  const colour = /(?<==")#([0-9a-f]{6})(?=")/g
  const darks = [...dark.matchAll(colour)].map(([, hex]) => hex)
  if ([...light.matchAll(colour)].length !== darks.length) return light
  let i = 0
  return light.replace(colour, (_, hex: string) => named(hex, darks[i++]))
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
