import { choice, flag, integer, object } from '@nonconvex/experiments'
import { explorer, type Explorer } from '../explore/explorer.js'

/** Whose labels the picture can show. */
export const whose = ['true', 'alone', 'joint', 'ordered'] as const
export type Whose = (typeof whose)[number]

/** What is looked at. A type, not an interface: it is one of the forms of `ParamValues`. */
export type ScenesParams = {
  readonly scene: number
  readonly labels: Whose
  readonly look: number
  readonly shuffle: number
  readonly ordered: boolean
}

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
  params: object({
    scene: integer({ default: 2, min: 1, max: 400, help: 'scene of the test' }),
    labels: choice({
      default: 'joint',
      values: whose,
      help: 'whose labels and relations the picture shows',
    }),
    look: integer({
      default: 0,
      min: 0,
      max: 12,
      help: 'object whose attention is shown, 0: none',
    }),
    shuffle: integer({ default: 0, min: 0, max: 99, help: 'order of the objects, 0: as made' }),
    ordered: flag({ default: false, help: 'with a model that depends on the order' }),
  }),
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
