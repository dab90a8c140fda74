import type { PerObjectPredictor } from '../scenes/per-object.js'
import type { SceneGraphPredictor } from '../scenes/predictor.js'

/** σ(4) = 0.982: an open gate passes scores on, and can still be closed. */
const OPEN = 4

/**
 * Lets a network begin with the scores that it is given, the counts: what it adds to them is 0, its
 * gates are open. From a random start it would first have to learn to leave them alone.
 */
export function startAtCounts(network: SceneGraphPredictor | PerObjectPredictor): void {
  const { parameters } = network.state()
  const named = Object.entries(parameters).map(([name, part]) => {
    const found = /(?:^|\.)(rho|rhoEdge)\.(out|outBias)$/.exec(name)
    if (!found) return [name, part] as const
    const ofPairs = found[1] === 'rhoEdge' || name.startsWith('pairs.')
    const labels = ofPairs ? network.predicates : network.classes
    // the last entries of what is put out are gates
    const value = (col: number): number => (found[2] === 'outBias' && col >= labels ? OPEN : 0)
    return [name, { ...part, data: part.data.map((_, i) => value(i % part.cols)) }] as const
  })
  network.setParameters(Object.fromEntries(named))
}
