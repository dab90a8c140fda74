// The vocabulary: a claim, its hypotheses, the verdict on a run.
export type {
  Claim,
  Hypothesis,
  Json,
  Relation,
  Rigor,
  Source,
  Status,
  Verdict,
} from './verdict.js'

// Deciding.
export { claim, verdictOn, type DecidableClaim } from './claim.js'
export { decide, standsTo, type Evidence } from './decide.js'
export { hypothesis } from './hypothesis.js'
export { worst } from './worst.js'
export { difference, named, used, weakest, type Closeness } from './weakest.js'

// Certificates of proofs.
export {
  decimalBelow,
  proofEvidence,
  proofIn,
  proofOf,
  type CheckedAssertion,
  type ProofAssertion,
  type ProofCertificate,
} from './proof.js'

// Numbers in sentences.
export { counted, formatNumber, readable, superscript, type NumberFormat } from './readable.js'
export { rigorText } from './rigor-text.js'
