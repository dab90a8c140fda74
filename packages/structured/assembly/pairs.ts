// flags: --importMemory
// What happens to pairs of nodes between the matrix products. A couple is a pair (i, j) and, unless its place is negative, the
// pair (j, i): `first` and `second` hold the places of their rows, `i` and `j` the nodes of every pair. Byte addresses, leading
// dimensions in bytes; `n` a multiple of 8 where two vectors are done at a time, so that an address serves both, else of 4. Twin: src/kernel/plain-pairs.ts; same order of operations, same bits.

function positive(x: v128): v128 {
  // the first argument wins for NaN and for equal zeros, as in the twin
  return f32x4.pmax(f32x4.splat(0), x)
}

function add2(at: usize, x: v128, y: v128): void {
  v128.store(at, f32x4.add(v128.load(at), x))
  v128.store(at, f32x4.add(v128.load(at, 16), y), 16)
}

/** u[p] ← max(0, u[p] + zi[i_p] + zj[j_p]). */
export function pairHidden(
  u: usize,
  ldu: usize,
  zi: usize,
  zj: usize,
  ldz: usize,
  i: usize,
  j: usize,
  rows: i32,
  n: i32,
): void {
  const end = (<usize>n) << 2
  for (; rows > 0; rows--, u += ldu, i += 4, j += 4) {
    const a = zi + <usize>load<i32>(i) * ldz
    const b = zj + <usize>load<i32>(j) * ldz
    for (let f: usize = 0; f < end; f += 16)
      v128.store(
        u + f,
        positive(f32x4.add(f32x4.add(v128.load(u + f), v128.load(a + f)), v128.load(b + f))),
      )
  }
}

/**
 * s[i] ← scale Σ h over the pairs p of node i, h = max(0, u[p] + zi[i] + zj[j_p]); of h only its signs are kept, in a word for
 * eight columns. Scale is 1, or 1 / the number of the pairs of i.
 */
export function pairSum(
  s: usize,
  lds: usize,
  signs: usize,
  u: usize,
  ldu: usize,
  zi: usize,
  zj: usize,
  ldz: usize,
  start: usize,
  j: usize,
  nodes: i32,
  n: i32,
  mean: i32,
): void {
  const end = (<usize>n) << 2
  const zero = f32x4.splat(0)
  for (; nodes > 0; nodes--, s += lds, zi += ldz, start += 4) {
    const count = load<i32>(start, 4) - load<i32>(start)
    memory.fill(s, 0, end)
    for (let r = 0; r < count; r++, u += ldu, j += 4) {
      const to = zj + <usize>load<i32>(j) * ldz
      for (let f: usize = 0; f < end; f += 32, signs += 4) {
        const x = f32x4.add(f32x4.add(v128.load(u + f), v128.load(zi + f)), v128.load(to + f))
        const y = f32x4.add(
          f32x4.add(v128.load(u + f, 16), v128.load(zi + f, 16)),
          v128.load(to + f, 16),
        )
        const low = i32x4.bitmask(f32x4.gt(x, zero))
        store<i32>(signs, low | (i32x4.bitmask(f32x4.gt(y, zero)) << 4))
        add2(s + f, positive(x), positive(y))
      }
    }
    if (!mean || count === 0) continue
    const scale = f32x4.splat(<f32>1 / <f32>count)
    for (let f: usize = 0; f < end; f += 16) v128.store(s + f, f32x4.mul(v128.load(s + f), scale))
  }
}

/**
 * Backwards through `pairSum`: dx[p] ← scale dOut[i_p] where h was positive, else 0; di[i] ← Σ dx, dj[j_p] ← dj[j_p] + dx[p].
 */
export function pairSpread(
  dx: usize,
  ldx: usize,
  di: usize,
  dj: usize,
  ldd: usize,
  dOut: usize,
  ldo: usize,
  signs: usize,
  start: usize,
  j: usize,
  nodes: i32,
  n: i32,
  mean: i32,
): void {
  const end = (<usize>n) << 2
  const low = i32x4(1, 2, 4, 8)
  const high = i32x4(16, 32, 64, 128)
  for (; nodes > 0; nodes--, di += ldd, dOut += ldo, start += 4) {
    const count = load<i32>(start, 4) - load<i32>(start)
    const scale = f32x4.splat(mean && count > 0 ? <f32>1 / <f32>count : 1)
    memory.fill(di, 0, end)
    for (let r = 0; r < count; r++, dx += ldx, j += 4) {
      const to = dj + <usize>load<i32>(j) * ldd
      for (let f: usize = 0; f < end; f += 32, signs += 4) {
        const word = i32x4.splat(load<i32>(signs))
        const a = f32x4.mul(v128.load(dOut + f), scale)
        const b = f32x4.mul(v128.load(dOut + f, 16), scale)
        const d = v128.and(a, i32x4.eq(v128.and(word, low), low))
        const e = v128.and(b, i32x4.eq(v128.and(word, high), high))
        v128.store(dx + f, d)
        v128.store(dx + f, e, 16)
        add2(di + f, d, e)
        add2(to + f, d, e)
      }
    }
  }
}
