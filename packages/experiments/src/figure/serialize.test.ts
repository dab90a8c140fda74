import { parseHTML } from 'linkedom'
import { expect, it } from 'vitest'
import { IdMap, serialize } from './serialize.js'

const { document } = parseHTML('<html><body></body></html>')

function element(
  name: string,
  attributes: Record<string, string>,
  ...children: (Element | string)[]
): Element {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name) as unknown as Element
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  for (const child of children) made.append(child)
  return made
}

it('sorts attributes, rounds coordinates, and leaves out what only a page needs', () => {
  const path = element('path', {
    stroke: '#123456',
    d: 'M0.1234,-5.678e-9L10,2.5',
    class: 'x',
    'aria-label': 'y',
  })
  const style = element('style', {}, '.x { fill: red }')
  expect(
    serialize(element('g', { transform: 'translate(0.5,1.23456)' }, style, path), new IdMap('f')),
  ).toBe('<g transform="translate(0.5,1.23)"><path d="M0.12,0L10,2.5" stroke="#123456"/></g>')
})

it('counts ids anew, and their uses with them', () => {
  const clip = element('clipPath', { id: 'plot-clip-17' })
  const use = element('g', { 'clip-path': 'url(#plot-clip-17)' })
  expect(serialize(element('g', {}, clip, use), new IdMap('f'))).toBe(
    '<g><clipPath id="f-1"/><g clip-path="url(#f-1)"/></g>',
  )
})

it('escapes text', () => {
  expect(serialize(element('text', { x: '1' }, 'a<b'), new IdMap('f'))).toBe(
    '<text x="1">a&lt;b</text>',
  )
})
