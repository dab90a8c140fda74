import { decideInequality, type Inequality, type Term } from '@nonconvex/optim/certify'
import { decimalBelow, type ProofAssertion } from '@nonconvex/optim/claims'
import type { KindsProved } from './critical-point-proofs.js'

/** 1/k, 1 − 1/k, b = (k − 1)/(πk) and c = 1/k + b, as terms */
const part: Term = ['/', '1', 'k']
const rest: Term = ['-', '1', part]
const b: Term = ['/', rest, 'pi']
const c: Term = ['+', part, b]

/** An inequality for this number of patches. */
const asserted = (k: number, inequality: Inequality): ProofAssertion =>
  decideInequality({ ...inequality, where: { k: [`${k}`, `${k}`], ...inequality.where } }).assertion

/** ∂ℓ/∂r grows on every ray, so that it has at most one zero there. */
const oneZero = (k: number): ProofAssertion =>
  asserted(k, {
    says: 'the slope along a ray grows by c ≥ 1/(2k) per length: at most one zero on each',
    left: ['/', '1', ['*', '2', 'k']],
    right: c,
  })

/**
 * No critical point off the ray of w*, in units of ‖w*‖/k: with sin θ ≥ θ(1 − θ²/6) the gradient
 * across is at least 0.1011 θφ² for θ ≤ π/2, and it is the same at φ = π − θ.
 */
export const otherAssertions = (k: number): readonly ProofAssertion[] => [
  asserted(k, {
    says: 'the gradient across the ray of w*, divided by θφ² ‖w*‖/k: at least 0.1011',
    left: ['*', '0.1011', ['*', 'pi', ['-', 'pi', 'theta']]],
    right: ['-', '1', ['/', ['square', 'theta'], '6']],
    where: { theta: ['0', '8/5'] },
  }),
  oneZero(k),
]

/** The kinds of 0, w* and −αw*, for the teacher e_1. */
export const kindAssertions = (
  k: number,
  m: number,
  { minimum: { radius, convexity }, saddle }: KindsProved,
): readonly ProofAssertion[] => [
  asserted(k, {
    says: 'every slope at 0 is at most −b ‖w*‖, and b ≥ 1/(7k): a strict local maximum',
    left: ['/', '1', ['*', '7', 'k']],
    right: b,
  }),
  {
    kind: 'minimum',
    k,
    stride: m,
    teacher: unit(m),
    point: unit(m),
    // the whole cube of the verdict needs many pieces in five dimensions
    radius: decimalBelow((radius ?? NaN) / 8, 4),
    convexity: decimalBelow(convexity ?? NaN, 4),
  },
  asserted(k, {
    says: 'on the sphere of −αw* the loss falls by this times φ³ ‖w*‖² or more, φ ≤ 1: with s̃(φ)/φ³ ≥ 1/3 − 1/30',
    left: decimalBelow(saddle.fall?.[0] ?? NaN, 6),
    right: ['*', '3/10', ['/', ['/', rest, ['+', ['-', 'k', '1'], 'pi']], 'pi']],
  }),
  oneZero(k),
]

const unit = (m: number): readonly string[] =>
  Array.from({ length: m }, (_, i) => (i === 0 ? '1' : '0'))
