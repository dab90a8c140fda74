/** The functions of assembly/blocks.ts; their arguments are byte addresses, counts and numbers. */
export interface BlockKernels {
  setup(at: number): void
  note(
    low: number,
    g: number,
    n: number,
    update: number,
    label: number,
    worst: number,
    best: number,
  ): void
  catchUp(i: number, from: number, to: number, size: number, alpha: number): number
}

const { fround } = Math

/**
 * The functions of assembly/blocks.ts in plain TypeScript on the same addresses, with the same
 * bits.
 */
export function plainBlocks(buffer: ArrayBufferLike): BlockKernels {
  const f32 = new Float32Array(buffer, 0, Math.floor(buffer.byteLength / 4))
  const f64 = new Float64Array(buffer, 0, Math.floor(buffer.byteLength / 8))
  const i32 = new Int32Array(buffer, 0, Math.floor(buffer.byteLength / 4))
  const u8 = new Uint8Array(buffer)
  let [kept, slots, plus, nibbles, ring, many] = [0, 0, 0, 0, 0, 0]
  let [history, examples, pending, moves, tables, report] = [0, 0, 0, 0, 0, 0]

  /**
   * Index of a move in f32: chunk after chunk of sixteen updates, in a chunk example after example.
   */
  const moveAt = (i: number, u: number): number =>
    history / 4 + (((u & (ring - 1)) >> 4) * examples + i) * 16 + (u & 15)

  /**
   * Tabulates the sixteen partial sums of every block of four moves, in multiples of the quantum.
   */
  function tabulate(length: number, quantum: number): void {
    const inverse = fround(1 / quantum)
    let above = 0
    let below = 0
    for (let m = 0; m < length; m += 4) {
      const whole = [0, 0, 0, 0]
      let [over, under] = [0, 0]
      for (let q = 0; q < 4; q++) {
        const t = f32[moves / 4 + m + q]
        whole[q] = toEven(fround(t * inverse))
        const rest = fround(t - fround(whole[q] * quantum))
        over += Math.max(rest, 0)
        under += Math.min(rest, 0)
      }
      above += over
      below -= under
      for (let b = 0; b < 16; b++) {
        let sum = 0
        for (let q = 0; q < 4; q++) if ((b >> q) & 1) sum += whole[q]
        u8[tables + 8 * m + b] = sum & 255
        u8[tables + 8 * m + 16 + b] = (sum >> 8) & 255
      }
    }
    f64[report / 8 + 1] = Math.max(above, below)
  }

  /** Updates the slots from … to − 1 of a row and returns Σ many_j σ(z_j) over them. */
  function walk(
    row: number,
    from: number,
    to: number,
    length: number,
    first: number,
    factors: { readonly fine: number; readonly offset: number; readonly leak: number },
  ): number {
    const lanes = new Float32Array(16)
    const { fine, offset, leak } = factors
    for (let slot = from; slot < to; slot++) {
      let sum = 0
      for (let m = 0; m < length; m += 4) {
        const block = ((first + m) & (ring - 1)) >> 2
        const entry = tables + 8 * m + u8[nibbles + block * slots + slot]
        sum += u8[entry] | (u8[entry + 16] << 8)
      }
      const at = row / 4 + slot
      const move = fround(fround(((sum << 16) >> 16) * fine) + offset)
      const z = fround(f32[at] + move)
      f32[at] = z
      const lane = (slot - from) & 15
      lanes[lane] = lanes[lane] + fround(f32[many / 4 + slot] * Math.max(z, fround(leak * z)))
    }
    const four = [0, 1, 2, 3].map((l) =>
      fround(fround(lanes[l] + lanes[l + 4]) + fround(lanes[l + 8] + lanes[l + 12])),
    )
    return four[0] + four[1] + (four[2] + four[3])
  }

  return {
    setup: (at) => {
      const numbers = i32.subarray(at / 4, at / 4 + 12)
      ;[kept, slots, plus, nibbles, ring, many] = numbers
      ;[history, examples, pending, moves, tables, report] = numbers.subarray(6)
    },
    note: (low, g, n, update, label, worst, best) => {
      for (let i = 0; i < n; i++) {
        const t = fround(label * f32[g / 4 + i])
        f32[pending / 4 + (update & 3) * n + i] = t
        f64[low / 8 + i] += Math.min(worst * t, best * t)
      }
      if ((update & 3) !== 3) return
      for (let i = 0; i < n; i++)
        for (let q = 0; q < 4; q++) f32[moveAt(i, update - 3 + q)] = f32[pending / 4 + q * n + i]
    },
    catchUp: (i, from, to, size, alpha) => {
      const first = from & ~3
      const length = ((to + 3) & ~3) - first
      const sum = [0, 0]
      const absolute = [0, 0]
      for (let b = 0; b < length; b += 4) {
        const four = [0, 1, 2, 3].map((q) => {
          const u = first + b + q
          if (u < from || u >= to) return 0
          return f32[first + b + 4 > to ? pending / 4 + q * examples + i : moveAt(i, u)]
        })
        f32.set(four, moves / 4 + b)
        for (const lane of [0, 1]) {
          sum[lane] += four[lane] + four[lane + 2]
          absolute[lane] += Math.abs(four[lane]) + Math.abs(four[lane + 2])
        }
      }
      const total = sum[0] + sum[1]
      const most = 0.5 * (absolute[0] + absolute[1] + Math.abs(total))
      const quantum = most > 0 ? fround(most / 32000) : 1
      tabulate(length, quantum)
      f64[report / 8] = most
      const fine = fround(size * (1 - alpha) * quantum)
      const offset = fround(size * alpha * total)
      const leak = fround(alpha)
      const row = kept + 4 * i * slots
      const positive = walk(row, 0, plus, length, first, { fine, offset, leak })
      const negative = { fine: -fine, offset: -offset, leak }
      return positive - walk(row, plus, slots, length, first, negative)
    },
  }
}

/** The nearest integer, halves to even, as WebAssembly rounds. */
function toEven(value: number): number {
  const below = Math.floor(value)
  const rest = value - below
  if (rest !== 0.5) return Math.round(value)
  return below % 2 === 0 ? below : below + 1
}
