// flags: --importMemory --maximumMemory 32768
// Pre-activations of all examples, kept in float32 and brought up to date when an example is visited. The last updates lie in a
// ring, four to a block: byte j of a block says by its four low bits at which of them unit j was active. Sums over
// the subsets of a block are looked up sixteen units at a time (`i8x16.swizzle`). Twin: src/sgd/plain-blocks.ts, same bits.

/** Where everything lies, set by `setup`; see src/sgd/block-kernels.ts. */
let kept: usize = 0
let slots: i32 = 0
let plus: i32 = 0
let nibbles: usize = 0
let mask: i32 = 0
let many: usize = 0
let history: usize = 0
let examples: i32 = 0
let pending: usize = 0
let moves: usize = 0
let tables: usize = 0
let report: usize = 0

/** Reads where everything lies from twelve 32-bit numbers. */
export function setup(at: usize): void {
  kept = load<u32>(at)
  slots = load<i32>(at, 4)
  plus = load<i32>(at, 8)
  nibbles = load<u32>(at, 12)
  mask = load<i32>(at, 16) - 1
  many = load<u32>(at, 20)
  history = load<u32>(at, 24)
  examples = load<i32>(at, 28)
  pending = load<u32>(at, 32)
  moves = load<u32>(at, 36)
  tables = load<u32>(at, 40)
  report = load<u32>(at, 44)
}

/**
 * Takes note of an update for n examples, a multiple of 4: low_i += min(worst · t_i, best · t_i) for its moves
 * t_i = label · g_i. They go to the history four updates at a time.
 */
export function note(
  low: usize,
  g: usize,
  n: i32,
  update: i32,
  label: f32,
  worst: f64,
  best: f64,
): void {
  const a = f64x2.splat(worst)
  const b = f64x2.splat(best)
  const l = f32x4.splat(label)
  const line = (<usize>n) << 2
  let to = pending + <usize>(update & 3) * line
  for (const end = low + ((<usize>n) << 3); low < end; low += 32, g += 16, to += 16) {
    const t = f32x4.mul(l, v128.load(g))
    v128.store(to, t)
    const p = f64x2.promote_low_f32x4(t)
    const q = f64x2.promote_low_f32x4(v128.shuffle<f32>(t, t, 2, 3, 2, 3))
    v128.store(low, f64x2.add(v128.load(low), f64x2.min(f64x2.mul(a, p), f64x2.mul(b, p))))
    v128.store(low, f64x2.add(v128.load(low, 16), f64x2.min(f64x2.mul(a, q), f64x2.mul(b, q))), 16)
  }
  if ((update & 3) !== 3) return
  to =
    history +
    ((<usize>((update & mask) >> 4) * examples) << 6) +
    ((<usize>((update & 15) - 3)) << 2)
  for (let from = pending, end = pending + line; from < end; from += 16, to += 256) {
    const p = v128.load(from)
    const q = v128.load(from + line)
    const r = v128.load(from + 2 * line)
    const s = v128.load(from + 3 * line)
    const pq = v128.shuffle<f32>(p, q, 0, 4, 1, 5)
    const rs = v128.shuffle<f32>(r, s, 0, 4, 1, 5)
    const pq2 = v128.shuffle<f32>(p, q, 2, 6, 3, 7)
    const rs2 = v128.shuffle<f32>(r, s, 2, 6, 3, 7)
    v128.store(to, v128.shuffle<f64>(pq, rs, 0, 2))
    v128.store(to, v128.shuffle<f64>(pq, rs, 1, 3), 64)
    v128.store(to, v128.shuffle<f64>(pq2, rs2, 0, 2), 128)
    v128.store(to, v128.shuffle<f64>(pq2, rs2, 1, 3), 192)
  }
}

/** The moves of an example at the last updates, which are not yet in the history. */
function waiting(i: i32): v128 {
  const line = (<usize>examples) << 2
  const at = pending + ((<usize>i) << 2)
  let t = v128.load32_zero(at)
  t = v128.load32_lane(at + line, t, 1)
  t = v128.load32_lane(at + 2 * line, t, 2)
  return v128.load32_lane(at + 3 * line, t, 3)
}

/**
 * Brings example i from update `from` to the last one, `to`, and returns Σ_{j<k} σ(z_j) − Σ_{j≥k} σ(z_j). A unit
 * that was active at update u moves by ±size·t_u, one that was not by ±size·alpha·t_u, with t_u = y_u y_i x_i·x_u / R²
 * and size = y_i ηv R². Reported: what the moves can sum to, and what rounding them to multiples of a quantum can sum to.
 */
export function catchUp(i: i32, from: i32, to: i32, size: f64, alpha: f64): f64 {
  const first = from & ~3
  const length = ((to + 3) & ~3) - first
  let moved = f64x2.splat(0)
  let absolute = f64x2.splat(0)
  const line = history + ((<usize>i) << 6)
  for (let b = 0; b < length; b += 4) {
    const u = first + b
    let t =
      u + 4 > to
        ? waiting(i)
        : v128.load(line + ((<usize>((u & mask) >> 4) * examples) << 6) + ((<usize>(u & 15)) << 2))
    if (u < from || u + 4 > to) {
      const at = i32x4.add(i32x4.splat(u), i32x4(0, 1, 2, 3))
      t = v128.and(t, v128.and(i32x4.ge_s(at, i32x4.splat(from)), i32x4.lt_s(at, i32x4.splat(to))))
    }
    v128.store(moves + ((<usize>b) << 2), t)
    const p = f64x2.promote_low_f32x4(t)
    const q = f64x2.promote_low_f32x4(v128.shuffle<f32>(t, t, 2, 3, 2, 3))
    moved = f64x2.add(moved, f64x2.add(p, q))
    absolute = f64x2.add(absolute, f64x2.add(f64x2.abs(p), f64x2.abs(q)))
  }
  const total = f64x2.extract_lane(moved, 0) + f64x2.extract_lane(moved, 1)
  const most =
    0.5 * (f64x2.extract_lane(absolute, 0) + f64x2.extract_lane(absolute, 1) + abs(total))
  const quantum: f32 = most > 0 ? <f32>(most / 32000) : 1
  tabulate(length, quantum)
  store<f64>(report, most)
  const fine = <f32>(size * (1 - alpha) * <f64>quantum)
  const offset = <f32>(size * alpha * total)
  const row = kept + ((<usize>i * slots) << 2)
  const begin = nibbles + <usize>((first & mask) >> 2) * slots
  const positive = walk(row, 0, plus, length, begin, fine, offset, <f32>alpha)
  return positive - walk(row, plus, slots, length, begin, -fine, -offset, <f32>alpha)
}

/** For every block of four moves the two bytes of all sixteen sums, in multiples of the quantum. */
function tabulate(length: i32, quantum: f32): void {
  const inverse: f32 = 1 / quantum
  let above: f64 = 0
  let below: f64 = 0
  let table = tables
  const bytes = i16x8.splat(255)
  for (let m = moves, end = moves + ((<usize>length) << 2); m < end; m += 16, table += 32) {
    const t = v128.load(m)
    const whole = f32x4.nearest(f32x4.mul(t, f32x4.splat(inverse)))
    const rest = f32x4.sub(t, f32x4.mul(whole, f32x4.splat(quantum)))
    const over = f32x4.max(rest, f32x4.splat(0))
    const under = f32x4.min(rest, f32x4.splat(0))
    above += lanes(over)
    below -= lanes(under)
    const h = i32x4.trunc_sat_f32x4_s(whole)
    const h0 = i16x8.splat(<i16>i32x4.extract_lane(h, 0))
    const h1 = i16x8.splat(<i16>i32x4.extract_lane(h, 1))
    const h2 = i16x8.splat(<i16>i32x4.extract_lane(h, 2))
    const h3 = i16x8.splat(<i16>i32x4.extract_lane(h, 3))
    const low = i16x8.add(
      i16x8.add(
        v128.and(h0, i16x8(0, -1, 0, -1, 0, -1, 0, -1)),
        v128.and(h1, i16x8(0, 0, -1, -1, 0, 0, -1, -1)),
      ),
      v128.and(h2, i16x8(0, 0, 0, 0, -1, -1, -1, -1)),
    )
    const high = i16x8.add(low, h3)
    v128.store(table, i8x16.narrow_i16x8_u(v128.and(low, bytes), v128.and(high, bytes)))
    v128.store(table, i8x16.narrow_i16x8_u(i16x8.shr_u(low, 8), i16x8.shr_u(high, 8)), 16)
  }
  store<f64>(report, max(above, below), 8)
}

/** The sum of four numbers, from the first to the last. */
function lanes(v: v128): f64 {
  const two = <f64>f32x4.extract_lane(v, 0) + <f64>f32x4.extract_lane(v, 1)
  return two + <f64>f32x4.extract_lane(v, 2) + <f64>f32x4.extract_lane(v, 3)
}

/** The slots from … to − 1 of a row: moved, and Σ many_j σ(z_j). */
function walk(
  row: usize,
  from: i32,
  to: i32,
  length: i32,
  begin: usize,
  fine: f32,
  offset: f32,
  alpha: f32,
): f64 {
  const step = <usize>slots
  const ring = <usize>((mask + 1) >> 2) * step
  const lastTable = tables + ((<usize>length) << 3)
  const f = f32x4.splat(fine)
  const o = f32x4.splat(offset)
  const leak = f32x4.splat(alpha)
  let s0 = f32x4.splat(0)
  let s1 = f32x4.splat(0)
  let s2 = f32x4.splat(0)
  let s3 = f32x4.splat(0)
  const wrap = nibbles + ring
  for (let slot = from; slot < to; slot += 32) {
    const wide = slot + 32 <= to
    const first = begin + slot
    if (wide) sumWide(first, lastTable, step, wrap, ring)
    else sumNarrow(first, lastTable, step, wrap, ring)
    let at = row + ((<usize>slot) << 2)
    let m = many + ((<usize>slot) << 2)
    const end = report + (wide ? 80 : 48)
    for (let sum = report + 16; sum < end; sum += 32, at += 64, m += 64) {
      const z0 = f32x4.add(
        v128.load(at),
        f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(v128.load_ext<i16>(sum)), f), o),
      )
      const z1 = f32x4.add(
        v128.load(at, 16),
        f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(v128.load_ext<i16>(sum, 8)), f), o),
      )
      const z2 = f32x4.add(
        v128.load(at, 32),
        f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(v128.load_ext<i16>(sum, 16)), f), o),
      )
      const z3 = f32x4.add(
        v128.load(at, 48),
        f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(v128.load_ext<i16>(sum, 24)), f), o),
      )
      v128.store(at, z0)
      v128.store(at, z1, 16)
      v128.store(at, z2, 32)
      v128.store(at, z3, 48)
      s0 = f32x4.add(s0, f32x4.mul(v128.load(m), f32x4.max(z0, f32x4.mul(leak, z0))))
      s1 = f32x4.add(s1, f32x4.mul(v128.load(m, 16), f32x4.max(z1, f32x4.mul(leak, z1))))
      s2 = f32x4.add(s2, f32x4.mul(v128.load(m, 32), f32x4.max(z2, f32x4.mul(leak, z2))))
      s3 = f32x4.add(s3, f32x4.mul(v128.load(m, 48), f32x4.max(z3, f32x4.mul(leak, z3))))
    }
  }
  const s = f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3))
  const one = <f64>f32x4.extract_lane(s, 0) + <f64>f32x4.extract_lane(s, 1)
  return one + (<f64>f32x4.extract_lane(s, 2) + <f64>f32x4.extract_lane(s, 3))
}

/** The sums of the moves of 32 units, in multiples of the quantum, as 16-bit numbers after the report. */
function sumWide(nibble: usize, lastTable: usize, step: usize, wrap: usize, ring: usize): void {
  let a = i16x8.splat(0)
  let b = i16x8.splat(0)
  let c = i16x8.splat(0)
  let e = i16x8.splat(0)
  for (let table = tables; table < lastTable; table += 32) {
    const lows = v128.load(table)
    const highs = v128.load(table, 16)
    const units = v128.load(nibble)
    const low = i8x16.swizzle(lows, units)
    const high = i8x16.swizzle(highs, units)
    a = i16x8.add(
      a,
      i8x16.shuffle(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23),
    )
    b = i16x8.add(
      b,
      i8x16.shuffle(low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31),
    )
    const more = v128.load(nibble, 16)
    const low2 = i8x16.swizzle(lows, more)
    const high2 = i8x16.swizzle(highs, more)
    c = i16x8.add(
      c,
      i8x16.shuffle(low2, high2, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23),
    )
    e = i16x8.add(
      e,
      i8x16.shuffle(low2, high2, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31),
    )
    nibble += step
    if (nibble >= wrap) nibble -= ring
  }
  v128.store(report, a, 16)
  v128.store(report, b, 32)
  v128.store(report, c, 48)
  v128.store(report, e, 64)
}

/** The same for 16 units. */
function sumNarrow(nibble: usize, lastTable: usize, step: usize, wrap: usize, ring: usize): void {
  let a = i16x8.splat(0)
  let b = i16x8.splat(0)
  for (let table = tables; table < lastTable; table += 32) {
    const units = v128.load(nibble)
    const low = i8x16.swizzle(v128.load(table), units)
    const high = i8x16.swizzle(v128.load(table, 16), units)
    a = i16x8.add(
      a,
      i8x16.shuffle(low, high, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23),
    )
    b = i16x8.add(
      b,
      i8x16.shuffle(low, high, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31),
    )
    nibble += step
    if (nibble >= wrap) nibble -= ring
  }
  v128.store(report, a, 16)
  v128.store(report, b, 32)
}
