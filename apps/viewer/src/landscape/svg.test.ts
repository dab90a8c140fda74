import { themes } from '@nonconvex/experiments/figure'
import { expect, test } from 'vitest'
import { mix } from './color.js'
import { frameOf, toPixels, toPlane } from './frame.js'
import { glyph } from './glyph.js'
import { axisShapes, mapShapes } from './map-picture.js'
import { criticalPointShapes } from './critical-point-shapes.js'
import { criticalPointsOf } from './critical-points.js'
import { problemOf } from './problem.js'
import { svgOf } from './svg.js'

test('each shape is written as what it is', () => {
  const svg = svgOf(
    {
      width: 100,
      height: 50,
      shapes: [
        { kind: 'disc', x: 1 / 3, y: 2, radius: 3, fill: '#000000' },
        {
          kind: 'clip',
          box: { left: 0, top: 0, width: 10, height: 10 },
          shapes: [
            { kind: 'lines', lines: [[0, 0, 1, 1]], stroke: '#ff0000', dash: [1, 2], opacity: 0.5 },
          ],
        },
        { kind: 'text', x: 1, y: 2, text: 'a < b & c', size: 12, fill: '#000000' },
      ],
    },
    '#ffffff',
    'A picture',
  )
  expect(svg).toContain('<circle cx="0.33" cy="2" r="3" fill="#000000"/>')
  expect(svg).toContain(
    '<clipPath id="clip-1"><rect x="0" y="0" width="10" height="10"/></clipPath>',
  )
  expect(svg).toContain(
    '<g clip-path="url(#clip-1)"><path d="M0 0L1 1" fill-rule="evenodd" fill="none" stroke="#ff0000" stroke-width="1" opacity="0.5" stroke-dasharray="1 2"/></g>',
  )
  expect(svg).toContain('>a &lt; b &amp; c</text>')
  expect(svg).toContain('<title>A picture</title>')
})

test('a place of the plane comes to the picture and back', () => {
  const frame = frameOf(600, 13)
  const [x, y] = toPixels(frame, { x: 0.7, y: -1.2 })
  const back = toPlane(frame, x, y)
  expect([back.x, back.y].map((t) => t.toFixed(12))).toEqual(['0.700000000000', '-1.200000000000'])
  expect(toPixels(frame, { x: -1.5, y: 1.5 })).toEqual([frame.left, frame.top])
})

test('the picture has its axes, its levels and nothing that is no number', () => {
  const problem = problemOf({ k: 5, stride: 1, angle: 135, eta: 1 })
  const frame = frameOf(600, 13)
  const { points } = criticalPointsOf(problem)
  const shapes = [
    ...axisShapes(frame, themes.light),
    ...mapShapes(problem, frame, themes.light),
    ...criticalPointShapes(points, frame, themes.light),
  ]
  const svg = svgOf({ ...frame, shapes }, '#ffffff', 'loss')
  expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  for (const text of ['w₁ →', '↑ w₂', '−1.5', '0.03', 'local minimum', 'teacher w*'])
    expect(svg).toContain(`>${text}</text>`)
})

test('every kind of place has a form of its own', () => {
  const kinds = [
    'global minimum',
    'local minimum',
    'saddle',
    'local maximum',
    'non-differentiable',
  ] as const
  const forms = kinds.map((kind) => {
    const shape = glyph(kind, 0, 0, 1, themes.light)
    return JSON.stringify(shape.kind === 'lines' ? shape.lines : shape.kind)
  })
  expect(new Set(forms).size).toBe(kinds.length)
})

test('a color lies between two', () => {
  expect(mix('#000000', '#ffffff', 0.25)).toBe('#bfbfbf')
})
