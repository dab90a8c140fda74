import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

interface TextFont {
  readonly family: string
  readonly package: string
  /**
   * file of the latin subset, always there; and of the subsets that are added where the text needs
   * them
   */
  readonly files: { readonly [subset: string]: string }
  readonly weights: string
}

const textFonts: readonly TextFont[] = [
  {
    family: 'Source Serif 4',
    package: '@fontsource-variable/source-serif-4',
    files: {
      latin: 'source-serif-4-latin-opsz-normal',
      'latin-ext': 'source-serif-4-latin-ext-wght-normal',
      greek: 'source-serif-4-greek-wght-normal',
    },
    weights: '200 900',
  },
  {
    family: 'Source Sans 3',
    package: '@fontsource-variable/source-sans-3',
    files: {
      latin: 'source-sans-3-latin-wght-normal',
      'latin-ext': 'source-sans-3-latin-ext-wght-normal',
      greek: 'source-sans-3-greek-wght-normal',
    },
    weights: '200 900',
  },
  {
    family: 'IBM Plex Mono',
    package: '@fontsource/ibm-plex-mono',
    files: { latin: 'ibm-plex-mono-latin-400-normal' },
    weights: '400',
  },
]

const base64 = (path: string): string => readFileSync(path).toString('base64')

function face(
  family: string,
  weights: string,
  style: string,
  path: string,
  range?: string,
): string {
  return (
    `@font-face{font-family:"${family}";font-style:${style};font-weight:${weights};font-display:block;` +
    `src:url(data:font/woff2;base64,${base64(path)}) format("woff2")` +
    `${range === undefined ? '' : `;unicode-range:${range}`}}`
  )
}

/** Whether a character of `text` lies in a CSS unicode-range. */
function touches(text: string, range: string): boolean {
  const intervals = range.split(',').map((piece) =>
    piece
      .replace('U+', '')
      .split('-')
      .map((hex) => parseInt(hex, 16)),
  )
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code > 0x7f && intervals.some(([low, high = low]) => low <= code && code <= high))
      return true
  }
  return false
}

/** The text fonts as @font-face rules with their bytes: latin, and what else the text needs. */
export function textFaces(text: string): string {
  return textFonts
    .flatMap((font) => {
      const ranges = require(`${font.package}/unicode.json`) as { [subset: string]: string }
      return Object.entries(font.files)
        .filter(([subset]) => subset === 'latin' || touches(text, ranges[subset]))
        .map(([subset, file]) => {
          const path = require.resolve(`${font.package}/files/${file}.woff2`)
          return face(font.family, font.weights, 'normal', path, ranges[subset])
        })
    })
    .join('\n')
}

interface Rule {
  readonly selectors: string
  readonly body: string
}

const property = (body: string, name: string): string | undefined =>
  new RegExp(`(?:^|;)${name}:([^;]+)`).exec(body)?.[1]

/** Whether a selector could match: all classes in it occur in the page. */
const mayMatch = (selector: string, classes: ReadonlySet<string>): boolean =>
  [...selector.matchAll(/\.([\w-]+)/g)].every(([, name]) => classes.has(name))

/**
 * KaTeX's style sheet with the fonts that `page` uses, as bytes in it. Which these are is read from
 * the style sheet itself: a family is needed if a rule that names it can match.
 */
export function mathStyles(page: string): string {
  const css = readFileSync(require.resolve('katex/dist/katex.min.css'), 'utf8')
  const faces = [...css.matchAll(/@font-face\{([^}]*)\}/g)].map(([, body]) => body)
  const rest = css.replace(/@font-face\{[^}]*\}/g, '')
  const rules = [...rest.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selectors, body]): Rule => ({
    selectors,
    body,
  }))
  const classes = new Set(
    [...page.matchAll(/class="([^"]*)"/g)].flatMap(([, names]) => names.split(/\s+/)),
  )
  const wanted = new Set(['KaTeX_Main normal 400'])
  for (const { selectors, body } of rules) {
    const family =
      property(body, 'font-family') ?? /KaTeX_\w+/.exec(property(body, 'font') ?? '')?.[0]
    if (family === undefined || !selectors.split(',').some((one) => mayMatch(one, classes)))
      continue
    wanted.add(`${family} ${property(body, 'font-style') ?? 'normal'} ${weightOf(body)}`)
  }
  const needed = faces.filter((body) =>
    wanted.has(
      `${property(body, 'font-family')} ${property(body, 'font-style')} ${weightOf(body)}`,
    ),
  )
  return needed.map(mathFace).join('\n') + rest
}

function weightOf(body: string): string {
  const weight = property(body, 'font-weight') ?? '400'
  return { bold: '700', normal: '400' }[weight] ?? weight
}

function mathFace(body: string): string {
  const file = /url\(fonts\/([\w-]+\.woff2)\)/.exec(body)?.[1] ?? ''
  const path = require.resolve(`katex/dist/fonts/${file}`)
  return face(
    property(body, 'font-family') ?? '',
    weightOf(body),
    property(body, 'font-style') ?? 'normal',
    path,
  )
}
