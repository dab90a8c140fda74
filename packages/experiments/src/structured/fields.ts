import { integer, integers, real } from '../define/fields.js'

/** Parameters that several experiments of this part share. */

/** A whole number on a logarithmic slider. */
export const count = (
  byDefault: number,
  [min, max]: readonly [min: number, max: number],
  help: string,
  symbol?: string,
) =>
  integer({
    default: byDefault,
    min,
    max,
    scale: 'log',
    help,
    ...(symbol !== undefined && { symbol }),
  })

export const hiddenUnits = (byDefault: number, max: number, of = '') =>
  count(byDefault, [2, max], `hidden units${of}`, 'H')

/** Numbers of training graphs that are compared. */
export const trainingGraphs = (byDefault: readonly number[], of = '') =>
  integers({
    distinct: true,
    default: byDefault,
    min: 1,
    max: 100_000,
    maxLength: 8,
    help: `training graphs${of}`,
  })

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
    help: `margin between the scores of ${of}, in units of the noise`,
  })

export const initializations = (byDefault: number, of = '') =>
  integer({ default: byDefault, min: 1, max: 50, help: `random initializations${of}` })

/** A cell for each of them. */
export const seeds = (all: number) => Array.from({ length: all }, (_, seed) => ({ seed }))
