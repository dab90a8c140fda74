import { signal } from '@preact/signals'
import type katex from 'katex'
import { useEffect, useRef } from 'preact/hooks'

const typesetter = signal<typeof katex | undefined>(undefined)

/** Brings KaTeX, which the first painting of the page does without. */
export function loadTex(): void {
  void Promise.all([import('katex'), import('katex/dist/katex.min.css')]).then(([module]) => {
    typesetter.value = module.default
  })
}

/** A formula; as its TeX until the typesetter is there. */
export function Tex({ tex, display = false }: { tex: string; display?: boolean }) {
  const box = useRef<HTMLSpanElement>(null)
  const katex = typesetter.value
  useEffect(() => {
    if (!katex || !box.current) return
    katex.render(tex, box.current, { displayMode: display, throwOnError: false, strict: 'ignore' })
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
