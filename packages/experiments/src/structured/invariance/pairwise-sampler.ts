import { mixedSampler, type GraphSampler } from '@nonconvex/structured'

/**
 * Pairwise models with many ties: the mixed sampler's graphs, with θ_ji made the transpose of θ_ij,
 * and pairs in both directions or in none.
 */
export function pairwiseSampler(K: number): GraphSampler {
  const mixed = mixedSampler(K, K * K)
  return (source, n, trial) => {
    const { nodes, edges, mask } = mixed(source, n, trial)
    const data = edges.data.slice()
    const both = mask?.slice()
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++) {
        const [there, back] = [i * n + j, j * n + i]
        for (let cell = 0; cell < K * K; cell++) {
          const [a, b] = [Math.floor(cell / K), cell % K]
          data[back * K * K + b * K + a] = data[there * K * K + cell]
        }
        if (both) both[back] = both[there]
      }
    return { nodes, edges: { ...edges, data }, ...(both && { mask: both }) }
  }
}
