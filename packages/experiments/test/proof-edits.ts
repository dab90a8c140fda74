import type { ProofAssertion } from '@nonconvex/optim/claims'

/** The text of a number, changed. */
const scaled = (text: unknown, factor: number): string => String(Number(text) * factor)
const texts = (list: unknown): readonly string[] => list as readonly string[]

/**
 * Assertions of each kind with one number changed so that they are false, or no longer proved by
 * what they contain.
 */
const edits: { readonly [kind: string]: (a: ProofAssertion) => readonly object[] } = {
  minimum,
  'spurious-minimum': (a) => [
    ...minimum(a),
    { radius: scaled(a['radius'], 1e-16) },
    { loss: scaled(a['loss'], 1.00001) },
    { loss: '0' },
    { k: Number(a['k']) + 1 },
  ],
  inequality: (a) => [
    { left: ['+', a['right'], '1/1000'] },
    { left: a['right'], right: a['left'] },
    { right: ['-', a['left'], '1e-9'] },
    { right: ['power', a['right'], '2'] },
    { where: { x: ['1', '0'] } },
  ],
}

function minimum(a: ProofAssertion): readonly object[] {
  return [
    // another ball, where the Hessian is not as convex or the gradient is too large
    { radius: '3' },
    { radius: scaled(a['radius'], -1) },
    { convexity: '2' },
    { convexity: '0' },
    { teacher: texts(a['teacher']).map((x) => scaled(x, -1.5)) },
    { point: texts(a['point']).map((x) => scaled(x, 0.7)) },
    { point: texts(a['point']).slice(1) },
    { stride: -1 },
  ]
}

/** Edited copies of an assertion, each to be refused. */
export function editsOf(assertion: ProofAssertion): readonly object[] {
  const own = edits[assertion.kind]?.(assertion) ?? []
  if (own.length === 0) throw new Error(`no edit of ${assertion.kind}`)
  return [{ kind: 'another' }, ...own].map((edit) => ({ ...assertion, ...edit }))
}
