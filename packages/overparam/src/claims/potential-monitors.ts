import { boundMonitor, type Monitor } from '@nonconvex/optim'
import { checkFinite, type BoundSetting } from '../bounds/setting.js'
import type { UpdateState } from '../sgd/update-state.js'
import { cauchySchwarz, lowerLine, normEnvelope, TOLERANCE, updateIdentities } from './claims.js'

/** The scale 1 + |F| + S to which rounding errors of both potentials are relative. */
const scale = (now: UpdateState): number => 1 + Math.abs(now.f) + now.s

/** The absolute error budget at an update, 1e-9 (1 + |F| + S). */
const slack = (now: UpdateState): number => TOLERANCE * scale(now)

/**
 * The inequalities of the proof, as monitors over the updates of a run.
 *
 *     F_t ≥ F_0 + 2kηvαγ t          F_t ≥ F_0 + ηvγ A_t                                  (lower lines)
 *     S_t ≤ S_0 + t(2η + 2kη²v²R²)  S_t ≤ S_0 + 2ηt + η²v²R²((1+α)A_t − 2kαt)            (envelopes)
 *     F_t ≤ √(2k)‖w*‖ √S_t                                                               (Cauchy–Schwarz)
 *     F_t − F_{t−1} = ηvσ_t y w*·x  S_t − S_{t−1} = 2η y N(x) + η²v²‖x‖² Σ_j s_j²        (identities)
 *
 * Tolerance 1e-9 (1 + |F| + S) each. The identities are checked divided by 1 + |F| + S, so that the
 * smallest room of a run, 1e-9 − room, is its largest relative residual. Source: the talk; Brutzkus
 * et al. (2018). The lines with A_t and the identities are ours.
 *
 * @param b - numbers of initialization, data and separator, from `boundSetting`
 * @returns seven monitors in this order, left to right
 * @throws RangeError for a number that is not finite, or k not a positive integer
 */
export function potentialMonitors(b: BoundSetting): readonly Monitor<UpdateState>[] {
  checkFinite('potentialMonitors', b)
  const units = 2 * b.k
  const gain = b.eta * b.v * b.gamma
  // if w* separates nothing, γ is negative and the largest slope is the worst: the line is true of
  // any w*
  const worst = gain < 0 ? 1 : b.alpha
  const growth = (b.eta * b.v) ** 2
  const squares = (now: UpdateState): number => now.active + b.alpha ** 2 * (units - now.active)
  const f = (now: UpdateState): number => now.f
  const s = (now: UpdateState): number => now.s
  const r2 = b.radius ** 2
  return [
    boundMonitor<UpdateState>({
      claim: lowerLine,
      measured: f,
      relation: '>=',
      bound: (now) => b.startF + units * gain * worst * now.update,
      slack,
    }),
    boundMonitor<UpdateState>({
      claim: lowerLine,
      measured: f,
      relation: '>=',
      bound: (now) => b.startF + gain * now.a,
      slack,
    }),
    boundMonitor<UpdateState>({
      claim: normEnvelope,
      measured: s,
      relation: '<=',
      bound: (now) => b.startS + now.update * (2 * b.eta + units * growth * r2),
      slack,
    }),
    boundMonitor<UpdateState>({
      claim: normEnvelope,
      measured: s,
      relation: '<=',
      bound: (now) =>
        b.startS +
        2 * b.eta * now.update +
        growth * r2 * ((1 + b.alpha) * now.a - units * b.alpha * now.update),
      slack,
    }),
    boundMonitor<UpdateState>({
      claim: cauchySchwarz,
      measured: f,
      relation: '<=',
      bound: (now) => Math.sqrt(units * now.s) * b.wStarNorm,
      slack,
    }),
    boundMonitor<UpdateState>({
      claim: updateIdentities,
      measured: (now, before) =>
        (now.f - before.f - b.eta * b.v * now.slopes * now.separation) / scale(now),
      relation: '==',
      bound: 0,
      slack: TOLERANCE,
      transition: true,
    }),
    boundMonitor<UpdateState>({
      claim: updateIdentities,
      measured: (now, before) =>
        (now.s - before.s - 2 * b.eta * now.margin - growth * now.norm2 * squares(now)) /
        scale(now),
      relation: '==',
      bound: 0,
      slack: TOLERANCE,
      transition: true,
    }),
  ]
}
