// Separability that is certain beyond rounding
export { exactWitness, type ExactWitness } from './exact-witness.js'
export { separatorProof, type SeparatorProof } from './separator-proof.js'
export {
  marginCertified,
  noMargin,
  noSeparator,
  type MarginFacts,
  type WitnessFacts,
} from './claims.js'
