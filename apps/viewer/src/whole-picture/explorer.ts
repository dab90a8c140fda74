import { explorer, type Explorer } from '../explore/explorer.js'
import { wholePictureParams, type WholePictureParams } from './params.js'

/** A picture of three parts, named alone and as a whole. */
export const wholePicture: Explorer = explorer<WholePictureParams>({
  id: 'picture',
  name: 'The whole picture',
  part: 'architecture',
  title: 'The best labeling of a picture is not the one of its parts',
  about:
    'A person stands on a board in front of some ground, and each of the three is to be named. Scores say how well a name fits what its part looks like, and how well two names go together. Drag a score until the answer flips.',
  formula:
    'p(y) \\propto e^{s(y)},\\qquad s(y) = \\sum_i \\theta_i(y_i) + c \\sum_{ij} \\theta_{ij}(y_i, y_j)',
  params: wholePictureParams,
  presets: [
    {
      name: 'surfer',
      title: 'each part alone is a skateboarder on sand; the whole is a surfer',
      input: {},
    },
    {
      name: 'clearly a skateboard',
      title: 'a score of the board that flips the whole picture',
      input: { board: [1.2, 0] },
    },
    {
      name: 'no context',
      title: 'without scores of pairs the whole is its parts',
      input: { context: 0 },
    },
    {
      name: 'weak context',
      title: 'scores of pairs at half their weight',
      input: { context: 0.5 },
    },
    {
      name: 'undecided parts',
      title: 'nothing is seen of the parts: the pairs alone decide',
      input: { person: [0, 0], board: [0, 0], ground: [0, 0, 0] },
    },
  ],
  view: async () => (await import('./whole-picture.js')).WholePicture,
})
