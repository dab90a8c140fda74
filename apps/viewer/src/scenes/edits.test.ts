import { expect, test } from 'vitest'
import { testScene } from './demo.js'
import { editsOf, formatEdits, NO_EDITS, parseEdits, withDeleted, withMoved } from './edits.js'
import { settingsOf } from './settings.js'

test('edits are written as they are read', () => {
  for (const text of [NO_EDITS, '2:3,120,80;5', '400:1,0,0', '7:12'])
    expect(formatEdits(parseEdits(text))).toBe(text)
  const edits = withDeleted(withMoved(withMoved(editsOf(NO_EDITS, 2), 3, 1.4, 2), 3, 9, 8), 4)
  expect(formatEdits(edits)).toBe('2:3,9,8;4')
  // what is deleted is not moved any more
  expect(formatEdits(withDeleted(edits, 3))).toBe('2:4;3')
  expect(editsOf('2:5', 3)).toEqual({ scene: 3, moved: [], deleted: [] })
})

test('what cannot be read is refused', () => {
  for (const text of [
    '',
    '2',
    '2:',
    '2:0',
    '2:13',
    '2:1,2',
    '2:1,2,3,4',
    '2:1;1',
    '2:a',
    '2:1,-4,9',
  ])
    expect(() => parseEdits(text), text).toThrow('expected none')
})

test('a scene keeps its objects inside the image, and two of them', () => {
  const settings = settingsOf(1)
  const made = testScene(settings, 2)
  const n = made.boxes.length
  expect(testScene(settings, 2, editsOf('3:1', 2))).toEqual(made)
  const moved = testScene(settings, 2, parseEdits('2:1,999,999'))
  const [x1, y1, x2, y2] = made.boxes[0]
  expect(moved.boxes[0]).toEqual([640 - (x2 - x1), 480 - (y2 - y1), 640, 480])
  expect(moved.boxes.slice(1)).toEqual(made.boxes.slice(1))
  const all = Array.from({ length: 12 }, (_, i) => i + 1).join(';')
  expect(testScene(settings, 2, parseEdits(`2:${all}`)).boxes).toEqual(made.boxes.slice(n - 2))
})
