import type { Finding } from '@nonconvex/experiments'
import { proofIn, type ProofCertificate, type Verdict } from '@nonconvex/optim/claims'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileName } from './out-folder.js'

/** A proof of a result: its claim, its certificate, and the name of the file that has it. */
export interface Proof {
  readonly verdict: Verdict
  readonly certificate: ProofCertificate
  readonly file: string
}

/** The folder of the proofs of a result, the program that checks them, and what it needs. */
export const proofsName = 'proofs'
export const checkerName = `${proofsName}/check.py`
const checkerFiles = ['check.py', 'check.claims']

/** The claims that hold by a proof with a certificate. */
export function proofsOf(verdicts: readonly Verdict[]): readonly Proof[] {
  return verdicts.flatMap((verdict) => {
    const certificate = verdict.status === 'holds' ? proofIn(verdict.witness) : undefined
    const file = `${proofsName}/${fileName(verdict.claim)}.json`
    return certificate ? [{ verdict, certificate, file }] : []
  })
}

/** The files of these proofs by name, with their checker; none without a proof. */
export function proofFiles(
  verdicts: readonly Verdict[],
): readonly (readonly [name: string, text: string])[] {
  const proofs = proofsOf(verdicts)
  if (proofs.length === 0) return []
  const { resolve } = createRequire(import.meta.url)
  return [
    ...proofs.map(({ verdict: { claim, title, statement }, certificate, file }) => {
      const { schema, assertions } = certificate
      const document = { schema, claim, title, statement, assertions }
      return [file, `${JSON.stringify(document, null, 1)}\n`] as const
    }),
    ...checkerFiles.map((name) => {
      const text = readFileSync(resolve(`@nonconvex/experiments/${name}`), 'utf8')
      return [`${proofsName}/${name}`, text] as const
    }),
  ]
}

/**
 * Findings of what lies among the proofs and is not from the result: check.py would accept the proof
 * of another claim, and Python would load a module from there in the place of its own.
 *
 * @param names - the files of the result
 */
export function foreignProofs(folder: string, names: Iterable<string>): readonly Finding[] {
  const known = new Set(names)
  let found: readonly string[]
  try {
    found = readdirSync(join(folder, proofsName))
  } catch {
    // none; a file that is missing is a finding of its own
    return []
  }
  return found
    .filter((name) => !name.startsWith('.'))
    .map((name) => `${proofsName}/${name}`)
    .filter((path) => !known.has(path))
    .map((path) => ({
      path,
      message: 'this file is not from this result, and check.py may read it; remove it',
    }))
}
