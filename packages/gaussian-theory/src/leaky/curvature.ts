import type { OverlapOptions } from '../overlap/lags.js'

/**
 * The largest curvature with a leak, from that of the ReLU loss.
 *
 *     (1 − λ)² L + 2λ κ,   κ = min(k, ⌈m/stride⌉)/k, which is 1/k without overlap
 *
 * The linear part of the loss is λ‖Σ_i P_iᵀ(w − w*)‖²/k², and no coordinate lies in more than
 * ⌈m/stride⌉ windows, so ‖Σ_i P_iᵀ v‖² ≤ min(k, ⌈m/stride⌉) k ‖v‖².
 */
export function leakyCurvature(
  relu: number,
  { k, stride }: OverlapOptions,
  m: number,
  slope: number,
): number {
  const windows = Math.min(k, Math.ceil(m / stride))
  return (1 - slope) ** 2 * relu + (2 * slope * windows) / k
}
