import { expect, it } from 'vitest'
import { palette, twoThemes } from './palette.js'

const light = '<rect fill="#ffffff"/><path stroke="#1d2125" d="M0,0"/>'
const dark = '<rect fill="#15181b"/><path stroke="#e6e8ea" d="M0,0"/>'

it('joins two themes of one picture', () => {
  const both = twoThemes(light, dark)
  expect(both).toBe(
    '<rect fill="var(--f-ffffff-15181b)"/><path stroke="var(--f-1d2125-e6e8ea)" d="M0,0"/>',
  )
  expect(palette(both)).toBe(
    ':root{--f-ffffff-15181b:#ffffff;--f-1d2125-e6e8ea:#1d2125}\n' +
      '@media screen and (prefers-color-scheme:dark){:root{--f-ffffff-15181b:#15181b;--f-1d2125-e6e8ea:#e6e8ea}}',
  )
})

it('keeps the light picture where the two do not match', () => {
  expect(twoThemes(light, '<rect fill="#15181b"/>')).toBe(light)
  expect(palette(light)).toBe('')
})
