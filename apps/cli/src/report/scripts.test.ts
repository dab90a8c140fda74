import { describe, expect, it } from 'vitest'
import { prose } from './math.js'
import { scriptRuns, withSvgScripts } from './scripts.js'

describe('scriptRuns', () => {
  it('finds what is raised and lowered', () => {
    expect(scriptRuns('x₀ ≤ 10⁻¹²')).toEqual([
      { kind: 'plain', text: 'x' },
      { kind: 'lowered', text: '0' },
      { kind: 'plain', text: ' ≤ 10' },
      { kind: 'raised', text: '−12' },
    ])
  })

  it('reads a letter with an index, and leaves names alone', () => {
    expect(scriptRuns('r_t').at(-1)).toEqual({ kind: 'lowered', text: 't' })
    for (const name of ['max_steps', 'a_b_c', '_x', 'snake_'])
      expect(scriptRuns(name)).toEqual([{ kind: 'plain', text: name }])
  })
})

describe('prose', () => {
  it('shows TeX that is nested too deeply as it is', () => {
    const tex = `${'{'.repeat(20_000)}x${'}'.repeat(20_000)}`
    expect(prose(`$${tex}$`).text).toBe(`<code>${tex}</code>`)
  })

  it('writes numbers as people do, and escapes', () => {
    expect(prose('7.5e-17 < -2').text).toBe('7.5·10<sup>−17</sup> &lt; −2')
  })
})

describe('withSvgScripts', () => {
  it('moves a raised part up and what follows back down', () => {
    expect(withSvgScripts('<text x="1">10⁻² m</text>')).toBe(
      '<text x="1">10<tspan dy="-0.5em" font-size="0.72em">−2</tspan><tspan dy="0.36em"> m</tspan></text>',
    )
  })

  it('leaves everything else as it is', () => {
    const svg = '<g><text x="1">loss</text><title>x²</title></g>'
    expect(withSvgScripts(svg)).toBe(svg)
  })
})
