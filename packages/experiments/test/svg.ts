import { parseHTML } from 'linkedom'
import { expect } from 'vitest'
import { textWidth } from '../src/figure/labels.js'

/** A headless document, as the command line has one. */
export const headless = (): Document => parseHTML('<html><body></body></html>').document

/** A text of an SVG with the box that it fills, in pixels of the figure. */
export interface PlacedText {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly y: number
}

/** All texts of a figure, at most as wide as in the widest of its faces. */
export function textsOf(svg: string): PlacedText[] {
  const root = parseHTML(`<html><body>${svg}</body></html>`).document.querySelector('svg')
  if (!root) throw new Error('no svg')
  const texts: PlacedText[] = []
  walk(root, { x: 0, y: 0, anchor: 'middle', size: 11 }, texts)
  return texts
}

/** Expects every text within the figure and clear of the others. */
export function expectReadable(svg: string, width: number, name: string): void {
  const texts = textsOf(svg)
  const height = Number(/height="(\d+)"/.exec(svg)?.[1])
  texts.forEach((a, i) => {
    const which = `${name}: "${a.text}"`
    expect(a.left, which).toBeGreaterThanOrEqual(-0.5)
    expect(a.right, which).toBeLessThanOrEqual(width + 0.5)
    expect(a.y, which).toBeGreaterThan(0)
    expect(a.y, which).toBeLessThan(height)
    for (const b of texts.slice(i + 1)) {
      const apart = a.right <= b.left + 0.5 || b.right <= a.left + 0.5 || Math.abs(a.y - b.y) >= 9
      expect(apart, `${which} and "${b.text}"`).toBe(true)
    }
  })
}

interface Inherited {
  readonly x: number
  readonly y: number
  readonly anchor: string
  readonly size: number
}

function walk(element: Element, from: Inherited, texts: PlacedText[]): void {
  const shift = /translate\(([^,)]+)(?:,([^)]+))?\)/.exec(element.getAttribute('transform') ?? '')
  const size = Number(element.getAttribute('font-size') ?? from.size)
  const own = (name: string): number => {
    const value = element.getAttribute(name) ?? '0'
    return parseFloat(value) * (value.endsWith('em') ? size : 1)
  }
  const here: Inherited = {
    x: from.x + Number(shift?.[1] ?? 0) + own('x'),
    y: from.y + Number(shift?.[2] ?? 0) + own('y'),
    anchor: element.getAttribute('text-anchor') ?? from.anchor,
    size,
  }
  if (element.tagName.toLowerCase() === 'text') {
    const bold = element.getAttribute('font-weight') === '600'
    const fraction = here.anchor === 'start' ? 0 : here.anchor === 'end' ? 1 : 0.5
    // a name in lines has an element for each of them, an em apart
    const lines = Array.from(element.children).filter((child) => /^tspan$/i.test(child.tagName))
    const first = parseFloat(lines[0]?.getAttribute('y') ?? '0') * size
    for (const [i, line] of (lines.length > 1 ? lines : [element]).entries()) {
      const text = line.textContent ?? ''
      const width = (textWidth(text, bold) * here.size) / 11
      if (text !== '')
        texts.push({
          text,
          left: here.x - fraction * width,
          right: here.x + (1 - fraction) * width,
          y: here.y + first + i * size,
        })
    }
    return
  }
  for (const child of Array.from(element.children)) walk(child, here, texts)
}
