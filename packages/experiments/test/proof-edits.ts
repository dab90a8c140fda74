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
    ...('n' in a ? [] : [{ k: Number(a['k']) + 1 }]),
  ],
  inequality: (a) => [
    { left: ['+', a['right'], '1/1000'] },
    { left: a['right'], right: a['left'] },
    { right: ['-', a['left'], '1e-9'] },
    { right: ['power', a['right'], '2'] },
    { where: { x: ['1', '0'] } },
  ],
  'binomial-tail': (a) => {
    const most = a['relation'] === '<='
    return [
      { relation: most ? '>=' : '<=' },
      { delta: most ? '0' : '1' },
      { q: most ? quotient(a['q'], 1, 3) : quotient(a['q'], 3, 1) },
      { q: '1' },
      { q: 0.5 },
      { n: -1 },
    ]
  },
  'sgd-updates': (a) => [
    { updates: Number(a['updates']) + 1 },
    { updates: Number(a['updates']) - 1 },
    { atLeast: `${Number(a['updates']) + 1}` },
    { alpha: '1/3' },
    { eta: 'nan' },
    { start: texts(a['start']).slice(1) },
    { separator: ['0', '0'] },
    ...('atMost' in a ? [{ atMost: quotient(a['atMost'], 99, 100) }, { atMost: undefined }] : []),
  ],
  'flat-minimum': (a) => [
    { loss: '1/3' },
    { loss: '0' },
    { alpha: '1/10' },
    { v: '-1' },
    { weights: a['better'] },
    { better: a['weights'] },
  ],
  'no-splitting': (a) => [{ subsets: texts(a['subsets']).slice(1) }, { k: 3 }, { n: -1 }],
  'splitting-loss': (a) => [
    { loss: '1/3' },
    { k: 3 },
    { weights: (a['weights'] as string[][]).map((w) => w.map((x) => scaled(x, 2))) },
    { weights: texts(a['weights']).slice(1) },
    { subsets: [[0]] },
  ],
  projection: (a) => [
    { budget: '1/2' },
    { nearest: texts(a['nearest']).slice(1) },
    {
      nearest: texts(a['nearest']).map(() => quotient(a['budget'], 1, texts(a['nearest']).length)),
    },
    { scores: texts(a['scores']).map((x) => scaled(x, -1)) },
  ],
  'best-f1': (a) => {
    const all = [...texts(a['probabilities']).keys()]
    const chosen = a['chosen'] as readonly number[]
    return [
      { chosen: all.filter((i) => !chosen.includes(i)) },
      { chosen: [99] },
      { probabilities: ['2'] },
    ]
  },
}

/** A rational text times n/d. */
function quotient(text: unknown, n: number, d: number): string {
  const [above, below = '1'] = String(text).split('/')
  const unit = below === '1' ? 1e9 : 1
  return `${Math.round(Number(above) * unit) * n}/${Number(below) * unit * d}`
}

function minimum(a: ProofAssertion): readonly object[] {
  return [
    // another ball, where the Hessian is not as convex or the gradient is too large
    { radius: '3' },
    { radius: scaled(a['radius'], -1) },
    { convexity: '2' },
    { convexity: '0' },
    ...('n' in a ? neurons(a) : [{ teacher: texts(a['teacher']).map((x) => scaled(x, -1.5)) }]),
    { point: texts(a['point']).map((x) => scaled(x, 0.7)) },
    { point: texts(a['point']).slice(1) },
    { stride: -1 },
  ]
}

/** Other networks than that of a student with n neurons and a teacher. */
function neurons(a: ProofAssertion): readonly object[] {
  const rows = a['teacher'] as readonly (readonly string[])[]
  const [first, ...others] = rows
  return [
    { n: Number(a['n']) - 1 },
    { n: 0 },
    { teacher: [first.map((x) => scaled(x, 1.00001)), ...others] },
    { teacher: [first.map(() => '0'), ...others] },
    { teacher: [first.slice(1), ...others] },
    { teacher: others },
    { teacher: [...others, first.toReversed(), first] },
  ]
}

/** Edited copies of an assertion, each to be refused. */
export function editsOf(assertion: ProofAssertion): readonly object[] {
  const own = edits[assertion.kind]?.(assertion) ?? []
  if (own.length === 0) throw new Error(`no edit of ${assertion.kind}`)
  return [{ kind: 'another' }, ...own].map((edit) => ({ ...assertion, ...edit }))
}
