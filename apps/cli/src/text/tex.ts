/** TeX commands as Unicode, for a terminal and for screen readers. */
const symbols: { readonly [command: string]: string } = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  varepsilon: 'ε',
  zeta: 'ζ',
  eta: 'η',
  theta: 'θ',
  vartheta: 'ϑ',
  kappa: 'κ',
  lambda: 'λ',
  mu: 'μ',
  nu: 'ν',
  xi: 'ξ',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  phi: 'φ',
  varphi: 'φ',
  chi: 'χ',
  psi: 'ψ',
  omega: 'ω',
  Gamma: 'Γ',
  Delta: 'Δ',
  Theta: 'Θ',
  Lambda: 'Λ',
  Sigma: 'Σ',
  Phi: 'Φ',
  Psi: 'Ψ',
  Omega: 'Ω',
  ell: 'ℓ',
  le: ' ≤ ',
  leq: ' ≤ ',
  ge: ' ≥ ',
  geq: ' ≥ ',
  lt: ' < ',
  gt: ' > ',
  ne: ' ≠ ',
  neq: ' ≠ ',
  approx: ' ≈ ',
  equiv: ' ≡ ',
  sim: ' ~ ',
  ll: ' ≪ ',
  gg: ' ≫ ',
  in: ' ∈ ',
  notin: ' ∉ ',
  subset: ' ⊂ ',
  cup: ' ∪ ',
  cap: ' ∩ ',
  to: ' → ',
  leftarrow: ' ← ',
  gets: ' ← ',
  succ: ' ≻ ',
  succeq: ' ⪰ ',
  rightarrow: ' → ',
  Rightarrow: ' ⇒ ',
  mapsto: ' ↦ ',
  iff: ' ⇔ ',
  times: ' × ',
  cdot: '·',
  pm: ' ± ',
  infty: '∞',
  partial: '∂',
  nabla: '∇',
  sum: 'Σ',
  prod: '∏',
  int: '∫',
  sqrt: '√',
  forall: '∀',
  exists: '∃',
  angle: '∠',
  perp: ' ⊥ ',
  top: 'ᵀ',
  ldots: '…',
  dots: '…',
  cdots: '…',
  lVert: '‖',
  rVert: '‖',
  Vert: '‖',
  lvert: '|',
  rvert: '|',
  vert: '|',
  mid: ' | ',
  langle: '⟨',
  rangle: '⟩',
  lfloor: '⌊',
  rfloor: '⌋',
  lceil: '⌈',
  rceil: '⌉',
  prime: '′',
  star: '*',
  ast: '*',
  circ: '∘',
  degree: '°',
  quad: '  ',
  qquad: '    ',
  colon: ':',
  setminus: ' ∖ ',
}

/** Accents over one letter, which follows with or without braces. */
const accents = /\\(bar|hat|tilde|dot)(?: +([A-Za-z])| *\{ *([A-Za-z]) *\})/g
const marks: { readonly [name: string]: string } = {
  bar: '\u0304',
  hat: '\u0302',
  tilde: '\u0303',
  dot: '\u0307',
}

/** Commands whose argument is shown as it is. */
const transparent =
  /\\(?:text|textrm|textit|textbf|mathrm|mathbf|mathbb|mathcal|mathsf|mathit|operatorname\*?|boldsymbol|bm|hat|bar|tilde|widehat|overline)\s*\{([^{}]*)\}/g

const scripts: { readonly [kind: string]: { readonly [character: string]: string } } = {
  '^': {
    '0': '⁰',
    '1': '¹',
    '2': '²',
    '3': '³',
    '4': '⁴',
    '5': '⁵',
    '6': '⁶',
    '7': '⁷',
    '8': '⁸',
    '9': '⁹',
    '-': '⁻',
    '+': '⁺',
    n: 'ⁿ',
    i: 'ⁱ',
    T: 'ᵀ',
    ᵀ: 'ᵀ',
    '*': '*',
    '′': '′',
  },
  _: {
    '0': '₀',
    '1': '₁',
    '2': '₂',
    '3': '₃',
    '4': '₄',
    '5': '₅',
    '6': '₆',
    '7': '₇',
    '8': '₈',
    '9': '₉',
    i: 'ᵢ',
    j: 'ⱼ',
    k: 'ₖ',
    n: 'ₙ',
    m: 'ₘ',
    t: 'ₜ',
    s: 'ₛ',
    '+': '₊',
    '-': '₋',
  },
}

const bracket = (text: string): string =>
  /^[\p{L}\p{M}\p{N}.*′∞⁻⁺‖]*$/u.test(text) ? text : `(${text})`

/**
 * A `^` or `_` that is to be printed: what follows it has been found to have no such characters.
 */
const printed: { readonly [kind: string]: string } = { '^': '\u0003', _: '\u0004' }

/** One side of a fraction. */
const side = (tex: string): string => bracket(commands(tex).trim())

/** Whether the next thing in a formula is a factor: `1/k² x` would be read as 1 over k²x. */
function factorFollows(rest: string): boolean {
  const [, command, character] = /^\s*(?:\\([A-Za-z]+)|(.))/u.exec(rest) ?? []
  if (command !== undefined) return /^[^ ⟩⌋⌉…:′*]/u.test(symbols[command] ?? '')
  return character !== undefined && /[\p{L}\p{N}([\u0001‖|√]/u.test(character)
}

function fraction(whole: string, a: string, b: string, at: number, text: string): string {
  const value = `${side(a)}/${side(b)}`
  return factorFollows(text.slice(at + whole.length)) ? `(${value})` : value
}

/**
 * Raised or lowered characters where all of `text` has them; else `^` or `_` and the text whole.
 */
function script(kind: string, text: string): string {
  const bare = text.trim().replaceAll('−', '-')
  const map = scripts[kind]
  if (bare !== '' && [...bare].every((character) => character in map))
    return [...bare].map((character) => map[character]).join('')
  return printed[kind] + bracket(text.trim())
}

/** Rewrites the innermost braces first, until nothing changes. */
function untilStable(text: string, step: (text: string) => string): string {
  const next = step(text)
  return next === text ? text : untilStable(next, step)
}

/** TeX mathematics as one line of Unicode text: good enough to read, not to typeset. */
export function texToText(tex: string): string {
  const plain = untilStable(
    tex
      .replace(
        /\\(?:left|right|big|Big|bigg|Bigg|bigl|bigr|Bigl|Bigr|biggl|biggr|displaystyle|limits|nolimits)(?![A-Za-z])\.?/g,
        '',
      )
      // one character stands for itself as an argument
      .replace(/\\[dt]?(frac|binom)\s*([A-Za-z\d])/g, '\\$1{$2}')
      .replace(/(\\[dt]?(?:frac|binom)\s*\{[^{}]*\})\s*([A-Za-z\d]|\\[A-Za-z]+(?! *\{))/g, '$1{$2}')
      // a command keeps its end when what follows it is replaced
      .replace(/(\\[A-Za-z]+)(?=\\[A-Za-z])/g, '$1 ')
      .replace(/\\(?:begin|end)\{[^{}]*\}/g, '')
      .replace(/\\\\(\[[^\]]*\])?/g, ' ; ')
      .replace(/\\[,;:!> ]/g, ' ')
      .replace(/\s+(?=\\r(?:Vert|vert|angle|floor|ceil)(?![A-Za-z]))/g, '')
      .replace(/\\\|/g, '‖')
      .replace(/\\([{}])/g, (_, brace: string) => (brace === '{' ? '\u0001' : '\u0002'))
      .replace(/\\_/g, '\u0004')
      .replace(/\\([%&#$])/g, '$1')
      .replace(/[&~]/g, ' ')
      .replace(accents, (_, name: string, a: string, b: string) => (a || b) + (marks[name] ?? ''))
      .replace(transparent, '$1')
      .replace(/([\^_])([\p{L}\p{N}*])/gu, (_, kind: string, a: string) => script(kind, a)),
    (text) =>
      text
        .replace(transparent, '$1')
        .replace(/\\[dt]?binom\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, '($1 \\text{ choose } $2)')
        .replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, fraction)
        .replace(
          /\\sqrt\s*\{([^{}]*)\}/g,
          (_, a: string) => `√${[...commands(a)].length > 1 ? `(${a})` : a}`,
        )
        .replace(/([\^_])\{([^{}]*)\}/g, (_, kind: string, a: string) =>
          script(kind, untilStable(a, commands)),
        ),
  )
  return (
    commands(plain)
      .replace(/([\^_])([\p{L}\p{N}*′])/gu, (_, kind: string, a: string) => script(kind, a))
      .replace(/[{}]/g, '')
      .replace(/\u0001 */g, '{')
      .replace(/ *\u0002/g, '}')
      .replaceAll('\u0003', '^')
      .replaceAll('\u0004', '_')
      // a minus, unless it joins two words
      .replace(/(?<!\p{L}{2})-|-(?!\p{L}{2})/gu, '−')
      .replace(/ +/g, ' ')
      .replace(/ ([,;.)\]⟩])/g, '$1')
      .trim()
  )
}

function commands(text: string): string {
  return text
    .replace(/\\([A-Za-z]+)(?: (?![-+=<>]))?/g, (_, name: string) => symbols[name] ?? `${name} `)
    .replace(/(?<=\p{L}) (?=[\^_\u0003\u0004(₀-₉⁰¹²³⁴-⁹])/gu, '')
}

/** Text with inline TeX between $…$, as Unicode. */
export const inlineTexToText = (text: string): string =>
  text.replace(/\$([^$]+)\$/g, (_, tex: string) => texToText(tex))
