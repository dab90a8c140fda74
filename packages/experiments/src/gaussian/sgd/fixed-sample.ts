import {
  descendSample,
  sampleGradient,
  sampleLoss,
  teacherSample,
} from '@nonconvex/gaussian-theory/samples'
import { norm2, type Stream } from '@nonconvex/tensor'
import type { Params } from './experiment.js'

/**
 * Where descent on the loss of a fixed sample ended: at the teacher; at other weights that fit
 * every example; at a point where the sample's gradient vanishes and its loss does not; oscillating
 * across a non-differentiable point, where as many steps again do not lower the loss by 1 %; or
 * none yet.
 */
export const outcomes = ['teacher', 'other-fit', 'flat', 'kink', 'on-the-way'] as const
export type Outcome = (typeof outcomes)[number]

export const FIXED_STEPS = 1500
const ETA = 0.5
/** ‖w − w*‖ that counts as the teacher */
const AT_TEACHER = 1e-4
const FITS = 1e-12
const FLAT = 1e-8

interface End {
  readonly outcome: Outcome
  readonly distance: number
  readonly loss: number
}

/** Each run has its own teacher, initialization and sample of `size` examples. */
export function fixedOf(
  { size, from, to }: { readonly size: number; readonly from: number; readonly to: number },
  params: Params,
  stream: Stream,
  signal: AbortSignal,
) {
  const { k, m } = params
  const at = { k, stride: m }
  return {
    ends: Array.from({ length: to - from }, (_, i): End => {
      signal.throwIfAborted()
      const draws = stream.child('fixed', from + i)
      const wStar = draws.child('teacher').unitVector(m)
      const sample = teacherSample(size, wStar, { ...at, stream: draws.child('x') })
      const w0 = draws.child('start').unitVector(m)
      const w = descendSample(sample, w0, { ...at, eta: ETA, steps: FIXED_STEPS })
      // a step that is too long for this sample may leave the range of numbers
      if (!w.every(Number.isFinite)) return { outcome: 'on-the-way', distance: 1e9, loss: 1e9 }
      const distance = norm2(w.map((x, t) => x - wStar[t]))
      const loss = sampleLoss(sample, w, at)
      if (distance < AT_TEACHER) return { outcome: 'teacher', distance, loss }
      if (loss < FITS) return { outcome: 'other-fit', distance, loss }
      if (norm2(sampleGradient(sample, w, at)) < FLAT) return { outcome: 'flat', distance, loss }
      const further = descendSample(sample, w, { ...at, eta: ETA, steps: FIXED_STEPS })
      const falls = further.every(Number.isFinite) && sampleLoss(sample, further, at) < 0.99 * loss
      return { outcome: falls ? 'on-the-way' : 'kink', distance, loss }
    }),
  }
}

export type FixedMeasured = ReturnType<typeof fixedOf>
