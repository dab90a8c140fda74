import { explorer, type Explorer } from '../explore/explorer.js'
import { scenesParams, type ScenesParams } from './params.js'

/**
 * A scene labelled object by object, and jointly; the order of its objects, which must not matter.
 */
export const scenes: Explorer = explorer<ScenesParams>({
  id: 'scenes',
  name: 'Scenes by hand',
  part: 'architecture',
  title: 'A scene is labelled jointly, whatever the order of its objects',
  about:
    'A detector hardly tells a kite from a bird; the scene around it does. A network that sees each object alone is set beside one that sees all of them through sums, which have no order. Shuffle the objects: its labels stay. Let a network read one object after the other: its scores move, and often its labels.',
  formula:
    'F(\\sigma z) = \\sigma F(z)\\quad\\text{for every order }\\sigma\\text{ of the objects}',
  params: scenesParams,
  presets: [
    { name: 'context', title: 'a scene, with the labels of the invariant network', input: {} },
    {
      name: 'shuffled',
      title: 'the same scene, its objects in another order',
      input: { shuffle: 1 },
    },
    {
      name: 'broken',
      title:
        'scene 1, shuffled, with a network that reads one object after the other: with seed 1 a label changes',
      input: { scene: 1, shuffle: 1, labels: 'ordered', ordered: true },
    },
  ],
  view: async () => (await import('./scenes-view.js')).ScenesView,
})
