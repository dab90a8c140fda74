import { signal } from '@preact/signals'
import type katex from 'katex'
import { useLayoutEffect, useRef } from 'preact/hooks'

const typesetter = signal<typeof katex | undefined>(undefined)

/** What nearly every formula is set in: a formula that is set before they are there would jump. */
const texFaces = ['1em KaTeX_Main', 'italic 1em KaTeX_Math']

/** Brings KaTeX, which the first painting of the page does without. */
export async function loadTex(): Promise<void> {
  const [module] = await Promise.all([import('katex'), import('katex/dist/katex.min.css')])
  await Promise.all(texFaces.map((face) => document.fonts.load(face)))
  typesetter.value = module.default
}

/** A formula; as its TeX until the typesetter is there. */
export function Tex({ tex, display = false }: { tex: string; display?: boolean }) {
  const box = useRef<HTMLSpanElement>(null)
  const katex = typesetter.value
  // Before the page is painted, so that nothing around the formula moves.
  useLayoutEffect(() => {
    if (!katex || !box.current) return undefined
    katex.render(tex, box.current, { displayMode: display, throwOnError: false, strict: 'ignore' })
    if (!display) return undefined
    // what scrolls can be reached by the keyboard, however wide the window becomes
    const formula = box.current
    const observer = new ResizeObserver(() => {
      if (formula.scrollWidth > formula.clientWidth) formula.tabIndex = 0
      else formula.removeAttribute('tabindex')
    })
    observer.observe(formula)
    return () => {
      observer.disconnect()
    }
  }, [katex, tex, display])
  return (
    <span ref={box} class={display ? 'tex display' : 'tex'} key={katex ? 'set' : 'source'}>
      {katex ? undefined : tex}
    </span>
  )
}

/** A text with inline TeX between $…$. */
export function Prose({ text }: { text: string }) {
  return (
    <>
      {text
        .split('$')
        .map((piece, i) => (i % 2 === 1 ? <Tex key={`${i} ${piece}`} tex={piece} /> : piece))}
    </>
  )
}
