import type { ProofAssertion } from '@nonconvex/optim/claims'

/** The text of a number, changed. */
const scaled = (text: unknown, factor: number): string => String(Number(text) * factor)
const texts = (list: unknown): readonly string[] => list as readonly string[]

/**
 * Assertions of each kind with one number changed so that they are false, or no longer proved by
 * what they contain.
 */
const edits: { readonly [kind: string]: (a: ProofAssertion) => readonly object[] } = {
  'spurious-minimum': (a) => [
    { radius: scaled(a['radius'], 8) },
    { radius: scaled(a['radius'], 1e-14) },
    { radius: scaled(a['radius'], -1) },
    { convexity: scaled(a['convexity'], 1e4) },
    { convexity: '0' },
    { loss: scaled(a['loss'], 1.00001) },
    { loss: '0' },
    { k: Number(a['k']) + 1 },
    { stride: 2 },
    { teacher: texts(a['teacher']).map((x, i) => (i === 0 ? scaled(x, 1.001) : x)) },
    { point: texts(a['point']).map((x) => scaled(x, 0.8)) },
    { point: texts(a['point']).slice(1) },
  ],
}

/** Edited copies of an assertion, each to be refused. */
export function editsOf(assertion: ProofAssertion): readonly object[] {
  const own = edits[assertion.kind]?.(assertion) ?? []
  if (own.length === 0) throw new Error(`no edit of ${assertion.kind}`)
  return [{ kind: 'another' }, ...own].map((edit) => ({ ...assertion, ...edit }))
}
