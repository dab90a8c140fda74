import { proofIn, type ProofAssertion, type Verdict } from '@nonconvex/optim/claims'
import { python } from '@tooling/vitest/requires'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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

/** A certificate as `run` writes it: its claim, and the text and the assertions of the verdict. */
export interface Certificate {
  readonly claim: string
  readonly statement?: string | undefined
  readonly assertions: readonly object[]
}

/** What the checker prints about these certificates: one word for each. */
export const checked = (certificates: readonly Certificate[]): readonly string[] =>
  words(checker, certificates)

/** The same with assertions alone: as if a claim needed any number of assertions of any form. */
export function checkedAssertions(certificates: readonly (readonly object[])[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'nonconvex-checker-'))
  try {
    const copy = join(folder, 'check.py')
    copyFileSync(checker, copy)
    const any = { proves: 'anything', count: 'free', of: ['$'] }
    writeFileSync(join(folder, 'check.claims'), JSON.stringify({ demo: any }))
    return words(
      copy,
      certificates.map((assertions) => ({ claim: 'demo', assertions })),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function words(program: string, certificates: readonly Certificate[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'nonconvex-proofs-'))
  try {
    const files = certificates.map((certificate, i) => {
      const file = join(folder, `${i}.json`)
      writeFileSync(file, JSON.stringify({ schema: 'nonconvex/proof@1', ...certificate }))
      return file
    })
    const { stdout, stderr, status } = spawnSync(python, [program, ...files], { encoding: 'utf8' })
    expect(stderr).toBe('')
    const found = stdout.split('\n').flatMap((line) => line.split(' ', 1)[0] || [])
    expect(status).toBe(found.includes('refused') ? 1 : 0)
    return found
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Each claim with rigor `proof` holds with a certificate. The checker accepts all of them; it refuses
 * each edit of the first and the last assertion of every kind, and true assertions that are not
 * those of the claim.
 */
export function expectProofs(experiment: string, verdicts: readonly Verdict[]): void {
  const proofs = verdicts.filter(({ rigor, status }) => rigor === 'proof' && status === 'holds')
  expect(proofs.map(({ claim }) => claim).sort()).toEqual(proved[experiment] ?? [])
  if (proofs.length === 0) return
  const certificates = proofs.map(({ claim, statement, witness }) => ({
    claim,
    statement,
    assertions: proofIn(witness)?.assertions ?? [],
  }))
  expect(checked(certificates)).toEqual(proofs.map(() => 'accepted'))
  const edits = certificates.flatMap(({ assertions }) => ends(assertions).flatMap(editsOf))
  const found = checkedAssertions(edits.map((edit) => [edit]))
  expect(edits.filter((_, i) => found[i] !== 'refused')).toEqual([])
  expect(found.length).toBe(edits.length)
  const others = certificates.flatMap(otherProofs)
  const about = checked(others)
  expect(others.filter((_, i) => about[i] !== 'refused')).toEqual([])
  expect(about.length).toBe(others.length)
}

/** Certificates of a claim with assertions that are true, but not the ones that it needs. */
function otherProofs({ claim, statement, assertions }: Certificate): readonly Certificate[] {
  const trivial = { kind: 'inequality', says: '0 ≤ 1', left: '0', right: '1', where: {} }
  const one = assertions.slice(0, 1)
  // some claims are about as many cases as the run has, and one is enough for the checker
  const fewer = assertions.length > 1 && !anyNumber.has(claim)
  return [
    { claim, statement, assertions: [trivial] },
    { claim, statement, assertions: assertions.map((_, i) => ({ ...trivial, right: `${i + 1}` })) },
    { claim: `${claim}-not`, statement, assertions },
    ...(fewer ? [{ claim, statement, assertions: one }] : []),
    // one twice, in the place of the last where there are more
    {
      claim,
      statement,
      assertions: [...(assertions.length > 1 ? assertions.slice(0, -1) : one), ...one],
    },
  ]
}

/** Claims on each case of a run, whose number no text states. */
const anyNumber: ReadonlySet<string> = new Set([
  'gaussian/orthonormal-minimum-proved',
  'gaussian/overlap-minimum-proved',
  'overparam/orthonormal-attained',
])

/** The first and the last assertion of each kind. */
function ends(assertions: readonly ProofAssertion[]): readonly ProofAssertion[] {
  const kinds = [...new Set(assertions.map(({ kind }) => kind))]
  return kinds.flatMap((kind) => {
    const own = assertions.filter((assertion) => assertion.kind === kind)
    return own.length === 1 ? own : [own[0], own[own.length - 1]]
  })
}
