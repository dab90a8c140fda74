import { proofIn, type ProofCertificate, type Verdict } from '@nonconvex/optim/claims'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileName } from './out-folder.js'

/** A proof of a result: its claim, its certificate, and the name of the file that has it. */
export interface Proof {
  readonly verdict: Verdict
  readonly certificate: ProofCertificate
  readonly file: string
}

/** The program that checks the files of proofs; it lies beside them. */
export const checkerName = 'proofs/check.py'

/** The claims that hold by a proof with a certificate. */
export function proofsOf(verdicts: readonly Verdict[]): readonly Proof[] {
  return verdicts.flatMap((verdict) => {
    const certificate = verdict.status === 'holds' ? proofIn(verdict.witness) : undefined
    const file = `proofs/${fileName(verdict.claim)}.json`
    return certificate ? [{ verdict, certificate, file }] : []
  })
}

/** The files of these proofs by name, with their checker; none without a proof. */
export function proofFiles(
  verdicts: readonly Verdict[],
): readonly (readonly [name: string, text: string])[] {
  const proofs = proofsOf(verdicts)
  if (proofs.length === 0) return []
  const checker = createRequire(import.meta.url).resolve('@nonconvex/experiments/check.py')
  return [
    ...proofs.map(({ verdict: { claim, title, statement }, certificate, file }) => {
      const { schema, assertions } = certificate
      const document = { schema, claim, title, statement, assertions }
      return [file, `${JSON.stringify(document, null, 1)}\n`] as const
    }),
    [checkerName, readFileSync(checker, 'utf8')] as const,
  ]
}
