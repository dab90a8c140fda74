import { explorer, type Explorer } from '../explore/explorer.js'
import { scenesParams, type ScenesParams } from './params.js'

/**
 * A scene labeled object by object, and jointly; predictions must not depend on the object order.
 */
export const scenes: Explorer = explorer<ScenesParams>({
  id: 'scenes',
  name: 'Interactive scenes',
  part: 'architecture',
  title: 'Joint labeling of a scene is equivariant to the order of its objects',
  about:
    'A detector hardly distinguishes a kite from a bird; the context does. Compare a network that labels each object on its own with a graph-permutation-invariant network that labels all objects jointly. Shuffle the objects: the labels of the invariant network do not change. An LSTM that reads the objects one after the other changes its scores, and often its labels.',
  formula: 'F(\\sigma z) = \\sigma F(z)\\quad\\text{for every permutation }\\sigma',
  params: scenesParams,
  presets: [
    { name: 'context', title: 'a scene with the labels of the invariant network', input: {} },
    {
      name: 'shuffled',
      title: 'the same scene with permuted objects',
      input: { shuffle: 1 },
    },
    {
      name: 'broken',
      title: 'scene 1, permuted, with the LSTM network: with seed 1 a label changes',
      input: { scene: 1, shuffle: 1, labels: 'ordered', ordered: true },
    },
  ],
  view: async () => (await import('./scenes-view.js')).ScenesView,
})
