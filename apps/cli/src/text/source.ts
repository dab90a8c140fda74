import type { Source } from '@nonconvex/optim/claims'

/** A source on one line: 'Brutzkus & Globerson (2017), Theorem 5.2; the talk, slide 12'. */
export function sourceText({ talk, paper, theorem, ours }: Source): string {
  const published = [paper, theorem].filter((piece) => piece !== undefined).join(', ')
  return [
    ...(published === '' ? [] : [published]),
    ...(talk === undefined ? [] : [`the talk: ${talk}`]),
    ...(ours === undefined ? [] : [`ours: ${ours}`]),
  ].join('; ')
}
