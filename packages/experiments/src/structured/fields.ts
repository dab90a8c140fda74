import { count, counts, real, whole } from '../define/fields.js'

/** Parameters that several experiments of this part share. */

export const hiddenUnits = (byDefault: number, max: number, of = '') =>
  count(byDefault, max, `hidden units${of}`, { min: 2, symbol: 'H' })

/** Numbers of training graphs that are compared. */
export const trainingGraphs = (byDefault: readonly number[], of = '') =>
  counts(byDefault, [100_000, 8], `numbers of training graphs${of}`)

export const learningRate = (byDefault: number, more = '') =>
  real({
    default: byDefault,
    min: 1e-5,
    max: 0.1,
    scale: 'log',
    symbol: '\\eta',
    help: `learning rate of Adam${more}`,
  })

/** Margin between the scores of a detector. */
export const margin = (byDefault: number, max: number, of: string) =>
  real({
    default: byDefault,
    min: 0,
    max,
    help: `margin between the detector scores of ${of}, in standard deviations of the noise`,
  })

export const initializations = (byDefault: number, of = '') =>
  whole(byDefault, [1, 50], `random initializations${of}`)

/** A cell for each of them. */
export const seeds = (all: number) => Array.from({ length: all }, (_, seed) => ({ seed }))
