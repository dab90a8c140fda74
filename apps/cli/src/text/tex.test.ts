import { experiments } from '@nonconvex/experiments'
import { describe, expect, it } from 'vitest'
import { Verbatim, words } from './prose.js'
import { inlineTexToText, texToText } from './tex.js'

describe('texToText', () => {
  const table: readonly [string, string][] = [
    // a word is lowered whole or not at all: there is no small q, p or o
    ['B_{slope}', 'B_slope'],
    ['B_{quad}', 'B_quad'],
    ['B_{\\text{disp}}', 'B_disp'],
    ['B_{\\mathrm{paper}} + x_i', 'B_paper + xᵢ'],
    ['x_{12}', 'x₁₂'],
    ['w_{t+1}', 'wₜ₊₁'],
    ['x^{slope}', 'x^slope'],
    ['x^{-1}', 'x⁻¹'],
    ['w_{a,b}', 'w_(a,b)'],
    ['w^*', 'w*'],
    ['x_{k_{2}}', 'x_k₂'],
    ['a\\_b', 'a_b'],
    ['\\log_2 x_0 + 1', 'log₂ x₀ + 1'],
    ['\\tfrac{1}{2} x_t', '(1/2) xₜ'],
    ['\\lVert w \\rVert \\le \\eta', '‖w‖ ≤ η'],
    ['\\{x\\}', '{x}'],
    ['\\frac{\\|w^*\\|}{\\gamma}', '‖w*‖/γ'],
    ['\\frac{a+b}{\\bar a}', '(a+b)/a\u0304'],
    ['\\frac{1}{\\gamma}x', '(1/γ)x'],
    ['\\frac1{\\gamma}', '1/γ'],
    ['\\tfrac 1L\\nabla\\ell', '(1/L)∇ℓ'],
    ['\\frac{1}{k^2}\\Big\\lVert x\\Big\\rVert = \\frac{a}{b}', '(1/k²)‖x‖ = a/b'],
    [
      '\\frac{1}{k}\\le 2, \\frac{1}{\\frac{1}{k}+1}\\quad\\text{for } k',
      '1/k ≤ 2, 1/(1/k+1) for k',
    ],
    ['\\binom nc + \\tbinom{n}{c}', '(n choose c) + (n choose c)'],
    ['\\ln\\frac1\\delta', 'ln 1/δ'],
    ['\\frac{\\ln\\binom{T}{c} + \\ln n}{m\\,(T-c)}', '(ln(T choose c) + ln n)/(m(T−c))'],
    ['\\frac{\\frac{a}{\\sqrt{b}} + 1}{\\binom{n}{k_{2}}}', '(a/(√b) + 1)/((n choose k₂))'],
    ['1/\\sqrt{2k}', '1/√(2k)'],
    ['\\sqrt{\\pi}', '√π'],
    ['\\max_{\\bar{a} \\in A}', 'max_(a\u0304 ∈ A)'],
  ]
  for (const [tex, text] of table) it(`${tex} is ${text}`, () => expect(texToText(tex)).toBe(text))

  it('leaves no TeX and no half-lowered word in any formula, symbol or title that we print', () => {
    for (const { formula, symbols, title, about } of experiments)
      for (const text of [
        texToText(formula),
        ...symbols.map(({ tex }) => texToText(tex)),
        ...[title, about].map(inlineTexToText),
      ]) {
        // eslint would rather have no control characters in a pattern; these must not come out
        expect([...text].every((character) => character >= ' ')).toBe(true)
        expect(text).not.toMatch(/frac\b|binom\b/)
        expect(text).not.toMatch(/\\|[₀-₉ᵢⱼₖₙₘₜₛ]\p{Ll}/u)
      }
  })
})

it('shows what is nested too deeply as it is', () => {
  for (const piece of ['{', '^', '\\frac', '\\sqrt '])
    expect(texToText(piece.repeat(5000)).length).toBeGreaterThan(4000)
})

describe('inlineTexToText', () => {
  it('reads nothing in texts of others, and goes on after them', () => {
    const label = new Verbatim('a $b')
    expect(inlineTexToText(words`$x_1$ ${label}, ${label}, $x_${2}$`)).toBe('x₁ a $b, a $b, x₂')
  })

  it('reads what stands between dollar signs only', () => {
    expect(inlineTexToText('a_b and $x_1$')).toBe('a_b and x₁')
  })
})
