import { rows, together } from './mutant-rows.mjs'

const folder = 'overparam/dist/bounds'

/** The four bounds on the number of updates: file and function. */
const bounds = [
  ['slope-bound', 'slopeBound'],
  ['displacement-bound', 'displacementBound'],
  ['quadratic-bound', 'quadraticBound'],
  ['paper-bound', 'paperBound'],
]

/** The bound for the slope α = 1, whatever α is. */
const linear = ([file, name]) => [
  `${folder}/${file}.js`,
  `checkSetting('${name}', setting)`,
  'setting = { ...setting, alpha: 1 }',
]

/** The bound times a factor. */
const times =
  (factor) =>
  ([file, name]) => [
    `${folder}/${file}.js`,
    `export function ${name}(setting) {`,
    `export const ${name} = (setting) => ${factor} * whole(setting)
function whole(setting) {`,
  ]

const ids = ['overparam/tightness', 'overparam/updates']

/** False theorems on the number of updates, of all bounds at once and of each alone. */
export const updateBoundMutants = [
  ...[linear, times(0.3)].flatMap((change) => [
    together(ids, bounds.map(change)),
    ...bounds.map((bound) => together(ids, [change(bound)])),
  ]),
  ...rows(
    `${folder}/quadratic-bound.js`,
    ['overparam/tightness'],
    [
      ['b: 2 * eta + 2 * k', 'b: eta + 2 * k'],
      ['a: 2 * k * eta * v * alpha * gamma', 'a: 2 * k * eta * v * alpha ** 1.5 * gamma'],
    ],
  ),
  ...rows(
    `${folder}/displacement-bound.js`,
    ['overparam/tightness'],
    [
      ['r2 + beta / alpha ** 2', 'r2 + beta / alpha ** 3'],
      ['((1 + alpha) * r2) ** 2 / (4', '((1 + alpha) * r2) ** 2 / (2'],
      ['return (wStarNorm / gamma) ** 2 * most;', 'return 0.9 * (wStarNorm / gamma) ** 2 * most;'],
    ],
  ),
]
