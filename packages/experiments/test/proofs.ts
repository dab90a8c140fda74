import { proofIn, type ProofAssertion, type Verdict } from '@nonconvex/optim/claims'
import { python } from '@tooling/vitest/requires'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { editsOf } from './proof-edits.js'

/** The claims with rigor `proof` of each quick preset. */
export const proved: { readonly [experiment: string]: readonly string[] } = {
  'gaussian/escape': ['gaussian/escape-constant'],
  'gaussian/gd-rate': ['gaussian/linear-rate-proved'],
  'gaussian/hardness': ['gaussian/splitting-gap-attained', 'gaussian/splitting-zero-loss'],
  'gaussian/landscape': ['gaussian/kinds-proved', 'gaussian/three-critical-points'],
  'gaussian/leaky': ['gaussian/leaky-threshold-proved'],
  'gaussian/overlap-atlas': ['gaussian/atlas-minima-proved'],
  'gaussian/overlap-minimum': [
    'gaussian/overlap-minimum-every-k',
    'gaussian/overlap-minimum-proved',
    'gaussian/overlap-minimum-three-weights',
    'gaussian/overlap-smoothness',
  ],
  'gaussian/safran-shamir': [
    'gaussian/extra-neuron-minimum-proved',
    'gaussian/orthonormal-ends-proved',
    'gaussian/orthonormal-minimum-proved',
  ],
  'overparam/compression-limits': [
    'overparam/bounds-above-floor-proved',
    'overparam/clopper-pearson-proved',
    'overparam/smaller-bound-fails',
  ],
  'overparam/relu-failure': ['overparam/relu-bad-minimum-proved'],
  'overparam/tightness': ['overparam/orthonormal-attained', 'overparam/two-examples-grow'],
  'structured/cardinality': ['structured/f1-decoding-proved', 'structured/projection-proved'],
}

/** The program that checks certificates. */
export const checker = fileURLToPath(new URL('../proofs/check.py', import.meta.url))

/** What the checker prints about certificates with these assertions: one word for each. */
export function checked(certificates: readonly (readonly object[])[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'nonconvex-proofs-'))
  try {
    const files = certificates.map((assertions, i) => {
      const file = join(folder, `${i}.json`)
      const document = { schema: 'nonconvex/proof@1', claim: `demo/${i}`, assertions }
      writeFileSync(file, JSON.stringify(document))
      return file
    })
    const { stdout, stderr, status } = spawnSync(python, [checker, ...files], { encoding: 'utf8' })
    expect(stderr).toBe('')
    const words = stdout.split('\n').flatMap((line) => line.split(' ', 1)[0] || [])
    expect(status).toBe(words.includes('refused') ? 1 : 0)
    return words
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Each claim with rigor `proof` holds with a certificate; the checker accepts all of them, and
 * refuses each edit of the first and the last assertion of every kind.
 */
export function expectProofs(experiment: string, verdicts: readonly Verdict[]): void {
  const proofs = verdicts.filter(({ rigor, status }) => rigor === 'proof' && status === 'holds')
  expect(proofs.map(({ claim }) => claim).sort()).toEqual(proved[experiment] ?? [])
  if (proofs.length === 0) return
  const certificates = proofs.map(({ witness }) => proofIn(witness)?.assertions ?? [])
  expect(checked(certificates)).toEqual(proofs.map(() => 'accepted'))
  const edits = certificates.flatMap((assertions) => ends(assertions).flatMap(editsOf))
  const words = checked(edits.map((edit) => [edit]))
  expect(edits.filter((_, i) => words[i] !== 'refused')).toEqual([])
  expect(words.length).toBe(edits.length)
}

/** The first and the last assertion of each kind. */
function ends(assertions: readonly ProofAssertion[]): readonly ProofAssertion[] {
  const kinds = [...new Set(assertions.map(({ kind }) => kind))]
  return kinds.flatMap((kind) => {
    const own = assertions.filter((assertion) => assertion.kind === kind)
    return own.length === 1 ? own : [own[0], own[own.length - 1]]
  })
}
