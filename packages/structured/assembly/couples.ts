// flags: --importMemory
// What happens to couples of pairs of nodes between the matrix products. A couple is a pair (i, j) and, unless its place is negative, the
// pair (j, i): `first` and `second` hold the places of their rows, `i` and `j` the nodes of every pair. Byte addresses, leading
// dimensions in bytes; `n` a multiple of 8 where two vectors are done at a time, so that an address serves both, else of 4. Twin: src/kernel/plain-pairs.ts; same order of operations, same bits.

function positive(x: v128): v128 {
  // the first argument wins for NaN and for equal zeros, as in the twin
  return f32x4.pmax(f32x4.splat(0), x)
}

function add(at: usize, x: v128): void {
  v128.store(at, f32x4.add(v128.load(at), x))
}

function add2(at: usize, x: v128, y: v128): void {
  v128.store(at, f32x4.add(v128.load(at), x))
  v128.store(at, f32x4.add(v128.load(at, 16), y), 16)
}

function where(d: v128, h: v128): v128 {
  return v128.and(d, f32x4.gt(h, f32x4.splat(0)))
}

/** plus[q] ← scale (x[p] + x[r]), minus[q] ← scale (x[p] − x[r]), p and r the rows of couple q. */
export function fold(
  plus: usize,
  minus: usize,
  ldf: usize,
  x: usize,
  ldx: usize,
  first: usize,
  second: usize,
  couples: i32,
  n: i32,
  scale: f32,
): void {
  const end = (<usize>n) << 2
  const by = f32x4.splat(scale)
  for (; couples > 0; couples--, plus += ldf, minus += ldf, first += 4, second += 4) {
    const a = x + <usize>load<i32>(first) * ldx
    const r = load<i32>(second)
    const b = x + <usize>r * ldx
    for (let f: usize = 0; f < end; f += 16) {
      const p = v128.load(a + f)
      const q = r < 0 ? f32x4.splat(0) : v128.load(b + f)
      v128.store(plus + f, f32x4.mul(by, f32x4.add(p, q)))
      v128.store(minus + f, f32x4.mul(by, f32x4.sub(p, q)))
    }
  }
}

/** x[p] ← scale (plus[q] + minus[q]), x[r] ← scale (plus[q] − minus[q]), p and r the rows of couple q. */
export function unfold(
  x: usize,
  ldx: usize,
  plus: usize,
  minus: usize,
  ldf: usize,
  first: usize,
  second: usize,
  couples: i32,
  n: i32,
  scale: f32,
): void {
  const end = (<usize>n) << 2
  const by = f32x4.splat(scale)
  for (; couples > 0; couples--, plus += ldf, minus += ldf, first += 4, second += 4) {
    const a = x + <usize>load<i32>(first) * ldx
    const r = load<i32>(second)
    const b = x + <usize>r * ldx
    for (let f: usize = 0; f < end; f += 16) {
      const p = v128.load(plus + f)
      const m = v128.load(minus + f)
      v128.store(a + f, f32x4.mul(by, f32x4.add(p, m)))
      if (r >= 0) v128.store(b + f, f32x4.mul(by, f32x4.sub(p, m)))
    }
  }
}

/** u[p] ← max(0, plus[q] + minus[q] + zi[i] + zj[j]), u[r] ← max(0, plus[q] − minus[q] + zi[j] + zj[i]). */
export function coupleHidden(
  u: usize,
  ldu: usize,
  plus: usize,
  minus: usize,
  ldf: usize,
  zi: usize,
  zj: usize,
  ldz: usize,
  first: usize,
  second: usize,
  i: usize,
  j: usize,
  couples: i32,
  n: i32,
): void {
  const end = (<usize>n) << 2
  for (; couples > 0; couples--, plus += ldf, minus += ldf, first += 4, second += 4) {
    const p = <usize>load<i32>(first)
    const r = load<i32>(second)
    const k = <usize>load<i32>(i + (p << 2)) * ldz
    const l = <usize>load<i32>(j + (p << 2)) * ldz
    const up = u + p * ldu
    const ur = u + <usize>r * ldu
    const ip = zi + k
    const jp = zj + l
    const ir = zi + l
    const jr = zj + k
    for (let f: usize = 0; f < end; f += 32) {
      const a = v128.load(plus + f)
      const b = v128.load(minus + f)
      const c = v128.load(plus + f, 16)
      const d = v128.load(minus + f, 16)
      const forth = f32x4.add(f32x4.add(a, b), v128.load(ip + f))
      const more = f32x4.add(f32x4.add(c, d), v128.load(ip + f, 16))
      v128.store(up + f, positive(f32x4.add(forth, v128.load(jp + f))))
      v128.store(up + f, positive(f32x4.add(more, v128.load(jp + f, 16))), 16)
      if (r < 0) continue
      const back = f32x4.add(f32x4.sub(a, b), v128.load(ir + f))
      const rest = f32x4.add(f32x4.sub(c, d), v128.load(ir + f, 16))
      v128.store(ur + f, positive(f32x4.add(back, v128.load(jr + f))))
      v128.store(ur + f, positive(f32x4.add(rest, v128.load(jr + f, 16))), 16)
    }
  }
}

/**
 * Backwards through `coupleHidden`: with e[p] = d[p] where h[p] > 0, else 0: plus[q] ← e[p] + e[r], minus[q] ← e[p] − e[r];
 * e is added to di at a pair's first node and to dj at its second.
 */
export function coupleBack(
  plus: usize,
  minus: usize,
  ldf: usize,
  d: usize,
  ldd: usize,
  h: usize,
  ldh: usize,
  di: usize,
  dj: usize,
  ldz: usize,
  first: usize,
  second: usize,
  i: usize,
  j: usize,
  couples: i32,
  n: i32,
): void {
  const end = (<usize>n) << 2
  for (; couples > 0; couples--, plus += ldf, minus += ldf, first += 4, second += 4) {
    const p = <usize>load<i32>(first)
    const r = load<i32>(second)
    const k = <usize>load<i32>(i + (p << 2)) * ldz
    const l = <usize>load<i32>(j + (p << 2)) * ldz
    const dp = d + p * ldd
    const hp = h + p * ldh
    const dr = d + <usize>r * ldd
    const hr = h + <usize>r * ldh
    const ip = di + k
    const jp = dj + l
    const ir = di + l
    const jr = dj + k
    for (let f: usize = 0; f < end; f += 32) {
      const e = where(v128.load(dp + f), v128.load(hp + f))
      const e1 = where(v128.load(dp + f, 16), v128.load(hp + f, 16))
      add2(ip + f, e, e1)
      add2(jp + f, e, e1)
      let g = f32x4.splat(0)
      let g1 = g
      if (r >= 0) {
        g = where(v128.load(dr + f), v128.load(hr + f))
        g1 = where(v128.load(dr + f, 16), v128.load(hr + f, 16))
        add2(ir + f, g, g1)
        add2(jr + f, g, g1)
      }
      v128.store(plus + f, f32x4.add(e, g))
      v128.store(plus + f, f32x4.add(e1, g1), 16)
      v128.store(minus + f, f32x4.sub(e, g))
      v128.store(minus + f, f32x4.sub(e1, g1), 16)
    }
  }
}

/** plus ← x + y, minus ← x − y. */
export function sumAndDifference(
  plus: usize,
  minus: usize,
  ldf: usize,
  x: usize,
  y: usize,
  ldx: usize,
  rows: i32,
  n: i32,
): void {
  const end = (<usize>n) << 2
  for (; rows > 0; rows--, plus += ldf, minus += ldf, x += ldx, y += ldx)
    for (let f: usize = 0; f < end; f += 16) {
      const a = v128.load(x + f)
      const b = v128.load(y + f)
      v128.store(plus + f, f32x4.add(a, b))
      v128.store(minus + f, f32x4.sub(a, b))
    }
}

/** x ← x + (plus + minus), y ← y + (plus − minus). */
export function addBack(
  x: usize,
  y: usize,
  ldx: usize,
  plus: usize,
  minus: usize,
  ldf: usize,
  rows: i32,
  n: i32,
): void {
  const end = (<usize>n) << 2
  for (; rows > 0; rows--, plus += ldf, minus += ldf, x += ldx, y += ldx)
    for (let f: usize = 0; f < end; f += 16) {
      const p = v128.load(plus + f)
      const m = v128.load(minus + f)
      add(x + f, f32x4.add(p, m))
      add(y + f, f32x4.sub(p, m))
    }
}
