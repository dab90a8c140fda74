import { piecesOf, type Prose } from './prose.js'

/** A table from words: 'name value name value'. */
function table(words: string, value: (text: string) => string = (text) => text) {
  const list = words.trim().split(/\s+/)
  return new Map(
    list.flatMap((name, i) => (i % 2 === 0 ? [[name, value(list[i + 1])] as const] : [])),
  )
}

/** TeX commands as Unicode, for a terminal and for screen readers. */
const symbols: ReadonlyMap<string, string> = new Map([
  ...table(`
    alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ kappa κ
    lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ
    Delta Δ Theta Θ Lambda Λ Sigma Σ Phi Φ Psi Ψ Omega Ω ell ℓ cdot · infty ∞ partial ∂ nabla ∇
    sum Σ prod ∏ int ∫ forall ∀ exists ∃ angle ∠ top ᵀ ldots … dots … cdots … lVert ‖ rVert ‖ Vert ‖
    lvert | rvert | vert | langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ prime ′ star * ast *
    circ ∘ degree ° colon :`),
  // with a space on both sides
  ...table(
    `le ≤ leq ≤ ge ≥ geq ≥ lt < gt > ne ≠ neq ≠ approx ≈ equiv ≡ sim ~ ll ≪ gg ≫ in ∈ notin ∉
    subset ⊂ cup ∪ cap ∩ to → leftarrow ← gets ← succ ≻ succeq ⪰ rightarrow → Rightarrow ⇒ mapsto ↦
    iff ⇔ times × pm ± perp ⊥ mid | setminus ∖`,
    (sign) => ` ${sign} `,
  ),
  ['quad', ' '],
  ['qquad', ' '],
])

/** Combining marks over one letter. */
const accents = table('bar \u0304 hat \u0302 tilde \u0303 dot \u0307')

/** Commands whose argument is shown as it is. */
const transparent =
  /^(?:text|textrm|textit|textbf|mathrm|mathbf|mathbb|mathcal|mathsf|mathit|operatorname|boldsymbol|bm|widehat|overline)$/

/** Commands of layout, which are ignored. */
const layout =
  /^(?:left|right|big|Big|bigg|Bigg|bigl|bigr|Bigl|Bigr|biggl|biggr|displaystyle|limits|nolimits)$/

const between = (from: string, to: string): ReadonlyMap<string, string> =>
  new Map([...from].map((character, i) => [character, [...to][i]]))

/** Raised and lowered characters. */
const scripts: { readonly [kind: string]: ReadonlyMap<string, string> } = {
  '^': between('0123456789-+niTᵀ*′', '⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿⁱᵀᵀ*′'),
  _: between('0123456789ijknmts+-', '₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₘₜₛ₊₋'),
}

const bracket = (text: string): string =>
  /^[\p{L}\p{M}\p{N}.*′∞⁻⁺‖]*$/u.test(text) ? text : `(${text})`

/** Raised or lowered characters where all of `text` has them; else `^` or `_` and the text whole. */
function script(kind: string, text: string): string {
  const bare = [...text.replaceAll('−', '-')]
  const map = scripts[kind]
  if (bare.length > 0 && bare.every((character) => map.has(character)))
    return bare.map((character) => map.get(character)).join('')
  return kind + bracket(text)
}

/** Nested groups and arguments that are read; what is deeper is shown as it is. */
const deepest = 100

/** A reader of TeX mathematics; each method consumes what it reads. */
class Reader {
  readonly #tex: string
  #at = 0
  #depth = 0

  constructor(tex: string) {
    this.#tex = tex
  }

  /** Everything up to the end, or to the brace that closes the group. */
  sequence(): string {
    let text = ''
    while (this.#at < this.#tex.length && this.#tex[this.#at] !== '}') {
      // no space before a closing bracket
      if (/^\\(?:r(?:Vert|vert|angle|floor|ceil)(?![A-Za-z])|\})/.test(this.#rest()))
        text = text.trimEnd()
      text += this.#item()
    }
    return text
  }

  #rest(): string {
    return this.#tex.slice(this.#at)
  }

  #take(pattern: RegExp): string {
    const [found = ''] = pattern.exec(this.#rest()) ?? []
    this.#at += found.length
    return found
  }

  /** A group, a command or a character. */
  #item(): string {
    if (this.#depth >= deepest) return this.#take(/^[^]*/)
    this.#depth++
    const text = this.#shallow()
    this.#depth--
    return text
  }

  #shallow(): string {
    const first = this.#take(/^[^]/u)
    if (first === '{') {
      const inner = this.sequence()
      this.#take(/^\}/)
      return inner
    }
    if (first === '^' || first === '_') return script(first, this.#argument())
    if (first === '&' || first === '~') return ' '
    return first === '\\' ? this.#command() : first
  }

  #argument(): string {
    this.#take(/^\s+/)
    return this.#item().trim()
  }

  #command(): string {
    const name = this.#take(/^(?:[A-Za-z]+\*?|[^])/u)
    if (name === '\\') {
      this.#take(/^\[[^\]]*\]/)
      return ' ; '
    }
    if (/^[,;:!> ]$/.test(name)) return ' '
    if (name === '|') return '‖'
    return /^[A-Za-z]/.test(name) ? this.#word(name.replace('*', '')) : name
  }

  #word(name: string): string {
    if (layout.test(name)) return this.#take(/^\./) && ''
    if (name === 'begin' || name === 'end') return this.#take(/^\{[^{}]*\}/) && ''
    if (/^[dt]?frac$/.test(name)) {
      const value = `${bracket(this.#argument())}/${bracket(this.#argument())}`
      return this.#factorFollows() ? `(${value})` : value
    }
    if (/^[dt]?binom$/.test(name)) return `(${this.#argument()} choose ${this.#argument()})`
    if (name === 'sqrt') {
      const inner = this.#argument()
      return `√${[...inner].length > 1 ? `(${inner})` : inner}`
    }
    const mark = accents.get(name)
    if (mark !== undefined) {
      const inner = this.#argument()
      return /^[A-Za-z]$/.test(inner) ? inner + mark : inner
    }
    if (transparent.test(name)) {
      this.#take(/^\s+/)
      return this.#item()
    }
    this.#take(/^ (?![-+=<>])/)
    return symbols.get(name) ?? `${name} `
  }

  /** Whether the next thing is a factor: `1/k² x` would be read as 1 over k²x. */
  #factorFollows(): boolean {
    const rest = this.#rest().replace(
      /^(?:[\s&~]|\\[,;:!> ]|\\(?:left|right|[bB]igg?[lr]?)(?![A-Za-z]))+/,
      '',
    )
    const [, command, character] = /^(?:\\([A-Za-z]+)|(.))/u.exec(rest) ?? []
    if (command !== undefined) return /^[^ ⟩⌋⌉…:′*]/u.test(symbols.get(command) ?? '')
    return /^\\[{|]/.test(rest) || (character !== undefined && /[\p{L}\p{N}([‖|√]/u.test(character))
  }
}

/** TeX mathematics as one line of Unicode text: good enough to read, not to typeset. */
export const texToText = (tex: string): string =>
  new Reader(tex)
    .sequence()
    .replace(/ +/g, ' ')
    // no space between a word and its index or argument
    .replace(/(?<=\p{L}) (?=[\^_(₀-₉⁰¹²³⁴-⁹])/gu, '')
    // a minus, unless it joins two words
    .replace(/(?<!\p{L}{2})-|-(?!\p{L}{2})/gu, '−')
    .replace(/ ([,;.)\]⟩])/g, '$1')
    .replace(/\{ +/g, '{')
    .trim()

/** Text with inline TeX between $…$ as Unicode, and texts of others as they are. */
export const inlineTexToText = (prose: Prose): string =>
  piecesOf(prose)
    .map((piece) =>
      typeof piece === 'string'
        ? piece.replace(/\$([^$]+)\$/g, (_, tex: string) => texToText(tex))
        : piece.text,
    )
    .join('')
