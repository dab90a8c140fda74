import { ShapeError } from '@nonconvex/tensor'

/** Parameters, and the moving averages that Adam has of their gradient and its square. */
export interface AdamState {
  readonly p: Float32Array
  readonly first: Float32Array
  readonly second: Float32Array
}

/** Adam with β₁ = 0.9, β₂ = 0.999, ε = 1e-8, in float32. */
export class Adam {
  readonly #m: Float32Array
  readonly #v: Float32Array
  readonly #p: Float32Array
  /** the gradient */
  readonly g: Float32Array

  constructor(p: Float32Array) {
    this.#p = p
    this.g = new Float32Array(p.length)
    this.#m = new Float32Array(p.length)
    this.#v = new Float32Array(p.length)
  }

  state(): AdamState {
    const [p, first, second] = [this.#p, this.#m, this.#v].map((x) => x.slice())
    return { p, first, second }
  }

  /** @param name - for the message of another length */
  restore(state: AdamState, name: string): void {
    for (const [to, from] of [
      [this.#p, state.p],
      [this.#m, state.first],
      [this.#v, state.second],
    ]) {
      if (from.length !== to.length)
        throw new ShapeError(
          `multilabelTraining: resume.${name} must have length ${to.length}, got ${from.length}`,
        )
      to.set(from)
    }
  }

  /** Moves the parameters and clears the gradient; β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
  step(rate: number, first: number, second: number): void {
    const [p, g, m, v] = [this.#p, this.g, this.#m, this.#v]
    const root = Math.sqrt(second)
    const by = (rate / first) * root
    for (let i = 0; i < p.length; i++) {
      m[i] = 0.9 * m[i] + 0.1 * g[i]
      v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i]
      p[i] -= (by * m[i]) / (Math.sqrt(v[i]) + 1e-8 * root)
      g[i] = 0
    }
  }
}
