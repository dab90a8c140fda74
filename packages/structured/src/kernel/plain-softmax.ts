import type { Ops, Space } from './ops.js'
import type { Round } from './plain-products.js'

/** A number as float32, at compile time of the kernel. */
const single = Math.fround

const words = new Float32Array(1)
const wordBits = new Int32Array(words.buffer)

/** The function exp4 of assembly/softmax.ts in plain TypeScript. */
export function exp32(x: number): number {
  const r32 = Math.fround
  const y = Number.isNaN(x) ? NaN : Math.max(x, -87)
  const q = evenRound(r32(y * single(1.44269504)))
  let r = r32(y - r32(q * single(0.693359375)))
  r = r32(r - r32(q * single(-2.1219444e-4)))
  let e = single(1 / 720)
  for (const c of [1 / 120, 1 / 24, 1 / 6, 0.5, 1, 1]) e = r32(r32(e * r) + single(c))
  wordBits[0] = ((Number.isNaN(q) ? 0 : q) + 127) << 23
  return r32(e * words[0])
}

/** To the nearest whole number, halves to the even one. */
function evenRound(x: number): number {
  const down = Math.floor(x)
  const half = x - down === 0.5
  return half ? down + Math.abs(down % 2) : Math.round(x)
}

/**
 * The functions of assembly/softmax.ts in plain TypeScript; in float64 with the exponential of the
 * platform.
 */
export function plainSoftmax(
  space: Space,
  round: Round,
  exp: (x: number) => number,
): Pick<Ops, 'attend' | 'attendBack' | 'crossEntropy'> {
  return {
    attend(out, h, w, of, n, one) {
      const [z, at] = [space.floats, space.ints]
      for (let s = 0; s < of.count; s++) {
        const [first, last] = [at[of.start + s], at[of.start + s + 1]]
        for (let f = 0; f < n; f++) z[out.at + s * out.ld + f] = 0
        if (first === last) continue
        for (let f = 0; f < (one ? 4 : n); f++) {
          let top = z[w.at + first * w.ld + f]
          for (let r = first; r < last; r++)
            if (top < z[w.at + r * w.ld + f]) top = z[w.at + r * w.ld + f]
          let total = 0
          for (let r = first; r < last; r++) {
            const e = exp(round(z[w.at + r * w.ld + f] - top))
            z[w.at + r * w.ld + f] = e
            total = round(total + e)
          }
          for (let r = first; r < last; r++) z[w.at + r * w.ld + f] /= total
        }
        for (let r = first; r < last; r++)
          for (let f = 0; f < n; f++) {
            const weight = z[w.at + r * w.ld + (one ? 0 : f)]
            z[out.at + s * out.ld + f] += round(weight * z[h.at + r * h.ld + f])
          }
      }
    },
    attendBack({ dh, dw, dOut, out, h, w }, of, n, { one, linear }) {
      const [z, at] = [space.floats, space.ints]
      /** Four partial sums, as the kernel's lanes. */
      const along = (x: number, y: number): number => {
        const lanes = [0, 0, 0, 0]
        for (let f = 0; f < n; f++) lanes[f % 4] = round(lanes[f % 4] + round(z[x + f] * z[y + f]))
        return round(round(lanes[0] + lanes[1]) + round(lanes[2] + lanes[3]))
      }
      for (let s = 0; s < of.count; s++) {
        const [first, last] = [at[of.start + s], at[of.start + s + 1]]
        const [d, o] = [dOut.at + s * out.ld, out.at + s * out.ld]
        const whole = one ? along(d, o) : 0
        for (let r = first; r < last; r++) {
          const [hr, wr, dhr, dwr] = [h, w, dh, dw].map((block) => block.at + r * block.ld)
          for (let f = 0; f < n; f++) {
            const weight = z[wr + (one ? 0 : f)]
            if (!one) {
              const moved = round(round(z[d + f] * z[hr + f]) - round(z[d + f] * z[o + f]))
              z[dwr + f] = weight * moved
            }
            z[dhr + f] = linear || z[hr + f] > 0 ? weight * z[d + f] : 0
          }
          if (!one) continue
          z.fill(0, dwr, dwr + 4)
          z[dwr] = z[wr] * round(along(d, hr) - whole)
        }
      }
    },
    crossEntropy(x, { label, weight, loss }, rows, n) {
      const [z, at] = [space.floats, space.ints]
      for (let r = 0; r < rows; r++) {
        const row = x.at + r * x.ld
        let top = z[row]
        for (let f = 1; f < n; f++) if (top < z[row + f]) top = z[row + f]
        top += 0 // a zero without sign, whichever came first
        const own = row + at[label + r]
        z[loss + 2 * r] = top - z[own]
        const lanes = [0, 0, 0, 0]
        for (let f = 0; f < n; f++) {
          z[row + f] = exp(round(z[row + f] - top))
          lanes[f % 4] = round(lanes[f % 4] + z[row + f])
        }
        const total = round(round(lanes[0] + lanes[1]) + round(lanes[2] + lanes[3]))
        z[loss + 2 * r + 1] = total
        const scale = round(z[weight + r] / total)
        for (let f = 0; f < n; f++) z[row + f] *= scale
        z[own] -= z[weight + r]
        for (let f = n; f % 4 !== 0; f++) z[row + f] = 0
      }
    },
  }
}
