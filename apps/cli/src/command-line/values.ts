import { InvalidArgumentError } from 'commander'
import { standardInput } from '../input/pipes.js'

// Parsers of flag values for commander: each returns the value or throws what was expected.

/** The range of valid seeds. */
export const seedRange = 'a whole number from 0 to 2^53 − 1'

export function whole(least: number, most?: number): (text: string) => number {
  return (text) => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN
    if (!Number.isSafeInteger(value) || value < least || value > (most ?? value))
      throw new InvalidArgumentError(
        `Expected a whole number from ${least} to ${most ?? '2^53 − 1'}.`,
      )
    return value
  }
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i

function number(text: string, fits: (value: number) => boolean, expected: string): number {
  const value = decimal.test(text.trim()) ? Number(text) : NaN
  if (!(Number.isFinite(value) && fits(value)))
    throw new InvalidArgumentError(`Expected ${expected}.`)
  return value
}

export const real = (text: string): number => number(text, () => true, 'a number')

export const positiveReal = (text: string): number =>
  number(text, (value) => value > 0, 'a number above 0')

export const fraction = (text: string): number =>
  number(text, (value) => value > 0 && value < 1, 'a number between 0 and 1')

export const notNegative = (text: string): number =>
  number(text, (value) => value >= 0, 'a number from 0')

export const probability = (text: string): number =>
  number(text, (value) => value >= 0 && value <= 1, 'a number from 0 to 1')

/** Parses whole numbers separated by commas. */
export function wholes(least: number, most: number): (text: string) => readonly number[] {
  return (text) => {
    const values = text.split(',').map((part) => (/^ *\d+ *$/.test(part) ? Number(part) : NaN))
    if (!values.every((value) => value >= least && value <= most))
      throw new InvalidArgumentError(
        `Expected whole numbers from ${least} to ${most}, as in 1,2,3.`,
      )
    return values
  }
}

/** Parses words of a list, separated by commas. */
export function listed<T extends string>(choices: readonly T[]): (text: string) => readonly T[] {
  return (text) =>
    text.split(',').map((part) => {
      const found = choices.find((choice) => choice === part.trim())
      if (found === undefined)
        throw new InvalidArgumentError(`Expected words of ${choices.join(', ')}, as in a,b.`)
      return found
    })
}

function name(text: string, of: string): string {
  if (text.trim() === '') throw new InvalidArgumentError(`Expected the name of a ${of}.`)
  // the printed commands that read it again would take it for a flag
  if (text.startsWith('-'))
    throw new InvalidArgumentError(`Expected the name of a ${of}; write ./${text} for this one.`)
  return text
}

export const folder = (text: string): string => name(text, 'folder')

export const file = (text: string): string => name(text, 'file')

/** A document by its name, or a folder of some; `-` is standard input. */
export const document = (text: string): string =>
  text === '-' ? standardInput : name(text, 'file or a folder')

/** Data by the name of their file; `-` is standard input. */
export const dataFile = (text: string): string => (text === '-' ? standardInput : file(text))
