// flags: --importMemory
// Loss and gradient of a network with overlap at four points side by side, two in a register, and
// steps of gradient descent. Every array holds its four points next to each other. A lane's numbers
// depend on that lane alone. Twin: src/overlap/overlap-evaluator.ts (one point), same order of
// operations, same bits. Layout: src/overlap/block-layout.ts.

import {
  LOSS,
  SQUARE,
  NORM2,
  BREACHES,
  EXCESS,
  DISTANCE,
  R,
  R2,
  K,
  KK,
  APART,
  APART_SHARE,
  SCALE,
  ETA,
  HALF_ETA,
  PI,
  INVERSE_PI,
  LEAST,
  MOST,
  ROUNDING,
  SERIES,
  VECTORS,
  settle,
  direct,
  angles,
  supplement,
  h,
} from './overlap-parts/angles'

/** Norms, directions, the distance from the teacher and the pair of lag 0, of two points. */
function prepare(w: usize, size: usize, half: usize, m: i32, entry: usize, sines: usize): void {
  let norm2 = f64x2.splat(0)
  for (let p = w, end = w + size; p < end; p += 32) {
    const x = v128.load(p)
    norm2 = f64x2.add(norm2, f64x2.mul(x, x))
  }
  v128.store(NORM2 + half, norm2)
  const r = f64x2.sqrt(norm2)
  const both = f64x2.add(r, v128.load(R))
  const u = w + size + size
  const teacher = u + size + size
  let distance = f64x2.splat(0)
  let excess = f64x2.splat(0)
  for (let t: usize = 0; t < size; t += 32) {
    const x = v128.load(w + t)
    const y = v128.load(teacher + t)
    const d = f64x2.sub(x, y)
    v128.store(u + t, f64x2.div(x, r))
    distance = f64x2.add(distance, f64x2.mul(d, d))
    excess = f64x2.add(excess, f64x2.mul(f64x2.div(d, both), f64x2.add(x, y)))
  }
  v128.store(DISTANCE + half, distance)
  v128.store(EXCESS + half, excess)
  direct(entry, sines, i64x2.splat(-1), u, u + size, m, 0)
}

/** The pairs of one lag, of all four points. */
function lag(u: usize, size: usize, m: i32, shift: i32, entry: usize, sines: usize): void {
  const back = (<usize>shift) << 5
  const v = u + size
  let own0 = f64x2.splat(0)
  let own1 = f64x2.splat(0)
  let ahead0 = f64x2.splat(0)
  let ahead1 = f64x2.splat(0)
  let behind0 = f64x2.splat(0)
  let behind1 = f64x2.splat(0)
  for (let p = u + back, end = u + size; p < end; p += 32) {
    const x0 = v128.load(p)
    const x1 = v128.load(p, 16)
    const y0 = v128.load(p - back)
    const y1 = v128.load(p - back, 16)
    const front = v128.load(p + size)
    const rear = v128.load(p + size - back)
    own0 = f64x2.add(own0, f64x2.mul(x0, y0))
    own1 = f64x2.add(own1, f64x2.mul(x1, y1))
    ahead0 = f64x2.add(ahead0, f64x2.mul(x0, rear))
    ahead1 = f64x2.add(ahead1, f64x2.mul(x1, rear))
    behind0 = f64x2.add(behind0, f64x2.mul(front, y0))
    behind1 = f64x2.add(behind1, f64x2.mul(front, y1))
  }
  settle(entry, sines, own0, u, u, m, shift)
  settle(entry + 16, sines, own1, u + 16, u + 16, m, shift)
  settle(entry + 32, sines, ahead0, u, v, m, shift)
  settle(entry + 48, sines, ahead1, u + 16, v, m, shift)
  settle(entry + 64, sines, behind0, v, u, m, shift)
  settle(entry + 80, sines, behind1, v, u + 16, m, shift)
}

/** Loss and gradient of two points from their pairs. */
function gather(
  w: usize,
  size: usize,
  half: usize,
  near: i32,
  stride: i32,
  entry: usize,
  sines: usize,
  teacherH: usize,
): void {
  const g = w + size
  const u = g + size
  const v = u + size - half
  const teacher = v + size
  const r = f64x2.sqrt(v128.load(NORM2 + half))
  const rR = f64x2.mul(r, v128.load(R))
  const k = v128.load(K)
  const cos = v128.load(entry)
  const sin = v128.load(entry + sines)
  const theta = f64x2.sub(v128.load(PI), supplement(entry, sines))
  const acute = v128.load(entry + sines + sines)
  const angle = v128.bitselect(acute, theta, f64x2.ge(cos, f64x2.splat(0)))
  // sin θ − θ cos θ
  const aa = f64x2.mul(angle, angle)
  let series = v128.load(SERIES + 128)
  for (let c = SERIES + 112; c >= SERIES; c -= 16)
    series = f64x2.add(f64x2.mul(series, aa), v128.load(c))
  series = f64x2.mul(f64x2.mul(angle, aa), series)
  const plain = f64x2.sub(sin, f64x2.mul(angle, cos))
  const curve = v128.bitselect(series, plain, f64x2.lt(angle, f64x2.splat(1)))
  const excess = v128.load(EXCESS + half)
  let radial = f64x2.mul(v128.load(APART), excess)
  let sum = f64x2.mul(f64x2.mul(v128.load(APART_SHARE), excess), excess)
  const distance = f64x2.mul(v128.load(DISTANCE + half), f64x2.splat(0.5))
  const bent = f64x2.mul(f64x2.mul(rR, curve), v128.load(INVERSE_PI))
  sum = f64x2.add(sum, f64x2.mul(k, f64x2.sub(distance, bent)))
  radial = f64x2.sub(radial, f64x2.mul(f64x2.mul(k, v128.load(R)), sin))
  for (let t: usize = 0; t < size; t += 32) {
    const y = v128.load(teacher + t)
    const straight = f64x2.mul(v128.load(PI), f64x2.sub(v128.load(w + t), y))
    v128.store(g + t, f64x2.mul(k, f64x2.add(straight, f64x2.mul(angle, y))))
  }
  const rr = f64x2.mul(r, r)
  for (let D = 1; D <= near; D++) {
    const own = entry + 32 + <usize>(D - 1) * 96
    const ahead = own + 32
    const behind = own + 64
    const back = (<usize>(D * stride)) << 5
    const count = f64x2.sub(k, f64x2.splat(<f64>D))
    const ownPhi = supplement(own, sines)
    const aheadPhi = supplement(ahead, sines)
    const behindPhi = supplement(behind, sines)
    const countR = f64x2.mul(count, v128.load(R))
    const ownPull = f64x2.mul(f64x2.mul(count, r), ownPhi)
    const aheadPull = f64x2.mul(countR, aheadPhi)
    const behindPull = f64x2.mul(countR, behindPhi)
    for (let t = back; t < size; t += 32) {
      const s = t - back
      const toFront = f64x2.sub(
        f64x2.mul(ownPull, v128.load(u + s)),
        f64x2.mul(aheadPull, v128.load(v + s)),
      )
      v128.store(g + t, f64x2.add(v128.load(g + t), toFront))
      const toRear = f64x2.sub(
        f64x2.mul(ownPull, v128.load(u + t)),
        f64x2.mul(behindPull, v128.load(v + t)),
      )
      v128.store(g + s, f64x2.add(v128.load(g + s), toRear))
    }
    const cross = f64x2.add(h(ahead, sines, aheadPhi), h(behind, sines, behindPhi))
    const ownLoss = f64x2.mul(rr, h(own, sines, ownPhi))
    const rest = f64x2.mul(v128.load(R2), v128.load(teacherH + ((<usize>D) << 4)))
    const loss = f64x2.add(f64x2.sub(ownLoss, f64x2.mul(rR, cross)), rest)
    sum = f64x2.add(sum, f64x2.mul(f64x2.mul(count, v128.load(INVERSE_PI)), loss))
    const ownSin = v128.load(own + sines)
    const crossSin = f64x2.add(v128.load(ahead + sines), v128.load(behind + sines))
    const outward = f64x2.mul(r, f64x2.add(ownSin, ownSin))
    radial = f64x2.add(
      radial,
      f64x2.mul(count, f64x2.sub(outward, f64x2.mul(v128.load(R), crossSin))),
    )
  }
  let square = f64x2.splat(0)
  for (let t: usize = 0; t < size; t += 32) {
    const along = f64x2.mul(radial, v128.load(u + t))
    const x = f64x2.mul(v128.load(SCALE), f64x2.add(v128.load(g + t), along))
    v128.store(g + t, x)
    square = f64x2.add(square, f64x2.mul(x, x))
  }
  v128.store(SQUARE + half, square)
  v128.store(LOSS + half, f64x2.max(f64x2.splat(0), f64x2.div(sum, v128.load(KK))))
}

/** Losses, gradients and their squares, at the four points. */
export function evaluate(m: i32, near: i32, stride: i32): void {
  const size = (<usize>m) << 5
  const u = VECTORS + size + size
  const teacherH = u + size + size + size
  const entry = teacherH + ((<usize>(near + 1)) << 4)
  const sines = 32 + <usize>near * 96
  prepare(VECTORS, size, 0, m, entry, sines)
  prepare(VECTORS + 16, size, 16, m, entry + 16, sines)
  for (let D = 1; D <= near; D++)
    lag(u, size, m, D * stride, entry + 32 + <usize>(D - 1) * 96, sines)
  angles(entry, sines, entry + sines)
  gather(VECTORS, size, 0, near, stride, entry, sines, teacherH)
  gather(VECTORS + 16, size, 16, near, stride, entry + 16, sines, teacherH)
}

/** Whether the norms are such that nothing over- or underflowed, and the gradients numbers. */
function sound(half: usize): bool {
  const norm2 = v128.load(NORM2 + half)
  const square = v128.load(SQUARE + half)
  const range = v128.and(f64x2.ge(norm2, v128.load(LEAST)), f64x2.le(norm2, v128.load(MOST)))
  return i64x2.all_true(v128.and(range, f64x2.eq(square, square)))
}

function walk(w: usize, size: usize): void {
  for (const end = w + size; w < end; w += 32)
    v128.store(w, f64x2.sub(v128.load(w), f64x2.mul(v128.load(ETA), v128.load(w + size))))
}

function judge(half: usize, loss: v128, square: v128): void {
  const size = f64x2.mul(v128.load(ROUNDING), f64x2.add(v128.load(R2), v128.load(NORM2 + half)))
  const most = f64x2.add(f64x2.sub(loss, f64x2.mul(v128.load(HALF_ETA), square)), size)
  const fine = f64x2.le(v128.load(LOSS + half), most)
  const breach = v128.andnot(f64x2.splat(1), fine)
  v128.store(BREACHES + half, f64x2.add(v128.load(BREACHES + half), breach))
}

/** At most `steps` steps, fewer if a lane leaves what is `sound`. Returns how many. */
export function descend(m: i32, near: i32, stride: i32, steps: i32): i32 {
  const size = (<usize>m) << 5
  for (let step = 1; step <= steps; step++) {
    walk(VECTORS, size)
    walk(VECTORS + 16, size)
    const loss0 = v128.load(LOSS)
    const loss1 = v128.load(LOSS + 16)
    const square0 = v128.load(SQUARE)
    const square1 = v128.load(SQUARE + 16)
    evaluate(m, near, stride)
    judge(0, loss0, square0)
    judge(16, loss1, square1)
    if (!sound(0) || !sound(16)) return step
  }
  return steps
}
