// flags: --importMemory
// Pre-activations of all examples in float32, sixteen examples of all units after the other. Twin: src/sgd/eager-kernels.ts,
// same bits.

/**
 * An update for n examples, a multiple of 16: z_ij += step_j y_i g_i, and out_i = Σ_j many_j σ(z_ij), j ascending.
 * many_j is negative for the units that count −v.
 */
export function update(
  kept: usize,
  n: i32,
  units: i32,
  step: usize,
  many: usize,
  g: usize,
  y: usize,
  out: usize,
  alpha: f32,
): void {
  const leak = f32x4.splat(alpha)
  const last = step + ((<usize>units) << 2)
  for (const end = g + ((<usize>n) << 2); g < end; g += 64, y += 64, out += 64) {
    const t0 = f32x4.mul(v128.load(g), v128.load(y))
    const t1 = f32x4.mul(v128.load(g, 16), v128.load(y, 16))
    const t2 = f32x4.mul(v128.load(g, 32), v128.load(y, 32))
    const t3 = f32x4.mul(v128.load(g, 48), v128.load(y, 48))
    let s0 = f32x4.splat(0)
    let s1 = f32x4.splat(0)
    let s2 = f32x4.splat(0)
    let s3 = f32x4.splat(0)
    let m = many
    for (let s = step; s < last; s += 4, m += 4, kept += 64) {
      const a = v128.load_splat<f32>(s)
      const w = v128.load_splat<f32>(m)
      const z0 = f32x4.add(v128.load(kept), f32x4.mul(a, t0))
      const z1 = f32x4.add(v128.load(kept, 16), f32x4.mul(a, t1))
      const z2 = f32x4.add(v128.load(kept, 32), f32x4.mul(a, t2))
      const z3 = f32x4.add(v128.load(kept, 48), f32x4.mul(a, t3))
      v128.store(kept, z0)
      v128.store(kept, z1, 16)
      v128.store(kept, z2, 32)
      v128.store(kept, z3, 48)
      s0 = f32x4.add(s0, f32x4.mul(w, f32x4.max(z0, f32x4.mul(leak, z0))))
      s1 = f32x4.add(s1, f32x4.mul(w, f32x4.max(z1, f32x4.mul(leak, z1))))
      s2 = f32x4.add(s2, f32x4.mul(w, f32x4.max(z2, f32x4.mul(leak, z2))))
      s3 = f32x4.add(s3, f32x4.mul(w, f32x4.max(z3, f32x4.mul(leak, z3))))
    }
    v128.store(out, s0)
    v128.store(out, s1, 16)
    v128.store(out, s2, 32)
    v128.store(out, s3, 48)
  }
}
