import { experiments } from '@nonconvex/experiments'
import katex from 'katex'
import { expect, test } from 'vitest'
import { explorers } from '../explore/explorers.js'

/** All formulas in what a page shows of experiments and explorers. */
function formulas(): readonly string[] {
  const found: string[] = []
  const visit = (value: unknown, key = ''): void => {
    if (typeof value === 'string') {
      if (['formula', 'tex', 'symbol'].includes(key)) found.push(value)
      else for (const [, inline = ''] of value.matchAll(/\$([^$]+)\$/g)) found.push(inline)
    } else if (typeof value === 'object' && value !== null)
      for (const [name, part] of Object.entries(value)) visit(part, name)
  }
  for (const subject of [...experiments, ...explorers]) visit(subject)
  return found
}

// the build keeps the letters of this face alone
test('formulas use the face of the AMS for letters of \\mathbb only', () => {
  const all = formulas()
  expect(all.length).toBeGreaterThan(experiments.length)
  for (const tex of all) {
    const page = katex.renderToString(tex, { strict: 'ignore', output: 'html' })
    expect(page, tex).not.toMatch(/class="[^"]*\bamsrm\b/)
    for (const [, text] of page.matchAll(/class="[^"]*\bmathbb\b[^"]*"[^>]*>([^<]*)</g))
      expect(text, tex).toMatch(/^[A-Za-z]+$/)
  }
})
