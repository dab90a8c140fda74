import { gemv } from '@nonconvex/tensor'

import type { LayerSizes, NamedParameters } from '../src/batch/index.ts'
import {
  gpiLayer,
  type GPILayer,
  type NodeArguments,
  type PairArguments,
} from '../src/layer/gpi-layer.ts'
import type { Pool } from '../src/layer/pool.ts'

type Vector = Float64Array

const relu = (x: Vector): Vector => x.map((value) => Math.max(0, value))

/**
 * A batched layer's parameters as φ, α, ρ, ρ_e of the reference layer: every network on its own
 * arguments, nothing shared.
 */
export function referenceLayer(sizes: LayerSizes, named: NamedParameters): GPILayer {
  const { hidden: H, nodeOutputs, edgeOutputs, pool, globalPool, readout, depth } = sizes
  const { nodeGates, edgeGates, edgeReadout, edgeDepth } = sizes
  const end = sizes.terms === 'relu' ? relu : (x: Vector): Vector => x
  /** Σ of products with the named matrices, and a bias. */
  const linear = (terms: readonly (readonly [string, Vector])[], width: number, bias?: string) => {
    const out = bias === undefined ? new Float64Array(width) : named[bias].data.slice()
    for (const [name, x] of terms) {
      const product = gemv(named[name], x, { transpose: true })
      for (let f = 0; f < width; f++) out[f] += product[f]
    }
    return out
  }
  const over = <A extends readonly Vector[]>(
    kind: LayerSizes['pool'],
    beta: (...z: A) => Vector,
  ): Pool<A> =>
    kind === 'neighbor'
      ? { attention: 'neighbor', beta: (...z: A) => beta(...z)[0] }
      : kind === 'feature'
        ? { attention: 'feature', beta }
        : kind
  /** The hidden layers after the first, and the outputs. */
  const head = (name: string, first: Vector, layers: number, width: number): Vector => {
    let h = first
    for (const l of ['', '2'].slice(0, layers - 1))
      h = relu(linear([[`${name}.hidden${l}`, h]], H, `${name}.hidden${l}Bias`))
    return linear([[`${name}.out`, h]], width, `${name}.outBias`)
  }
  const joined = (a: Vector, b: Vector): Vector => Float64Array.of(...a, ...b)
  const rho = (zk: Vector, sk: Vector | undefined, g: Vector): Vector => {
    const of = [['rho.zk', zk], ['rho.g', g], ...(sk ? ([['rho.sk', sk]] as const) : [])] as const
    const y = head('rho', relu(linear(of, H, 'rho.bias')), depth, nodeOutputs)
    if (nodeGates === 0) return y
    const gates = of.map(([name, x]) => [name.replace('rho', 'gate'), x] as const)
    return joined(y, linear(gates, nodeGates, 'gate.bias'))
  }
  const shared = {
    phi: {
      width: H,
      map: (zi: Vector, zij: Vector, zj: Vector) =>
        end(
          linear(
            [
              ['phi.zi', zi],
              ['phi.zij', zij],
              ['phi.zj', zj],
            ],
            H,
            'phi.bias',
          ),
        ),
    },
    alpha: {
      width: H,
      map: (zi: Vector, si: Vector) =>
        end(
          linear(
            [
              ['alpha.zi', zi],
              ['alpha.si', si],
            ],
            H,
            'alpha.bias',
          ),
        ),
    },
    pool: over<PairArguments>(pool, (_, zij, zj) =>
      linear(
        [
          ['beta.zij', zij],
          ['beta.zj', zj],
        ],
        named['beta.zj'].cols,
      ),
    ),
    globalPool: over<NodeArguments>(globalPool, (zi, si) =>
      linear(
        [
          ['gamma.zi', zi],
          ['gamma.si', si],
        ],
        named['gamma.zi'].cols,
      ),
    ),
    ...(edgeOutputs > 0 && {
      rhoEdge: {
        width: edgeOutputs + edgeGates,
        map: (...[zk, zl, zkl, zlk, sk, sl, g]: Vector[]) => {
          const seen = [
            ['rhoEdge.zk', zk],
            ['rhoEdge.zl', zl],
            ['rhoEdge.zkl', zkl],
            ['rhoEdge.g', g],
          ] as const
          const more = [
            ['rhoEdge.zlk', zlk],
            ['rhoEdge.sk', sk],
            ['rhoEdge.sl', sl],
          ] as const
          const all = edgeReadout === 'local' ? [...seen, ...more] : seen
          const h = relu(linear(all, H, 'rhoEdge.bias'))
          const y = head('rhoEdge', h, edgeDepth, edgeOutputs)
          if (edgeGates === 0) return y
          const gates = seen.map(([name, x]) => [name.replace('rho', 'gate'), x] as const)
          return joined(y, linear(gates, edgeGates, 'gateEdge.bias'))
        },
      },
    }),
  }
  return readout === 'literal'
    ? gpiLayer({
        ...shared,
        readout,
        rho: { width: nodeOutputs + nodeGates, map: (zk, g) => rho(zk, undefined, g) },
      })
    : gpiLayer({ ...shared, rho: { width: nodeOutputs + nodeGates, map: rho } })
}
