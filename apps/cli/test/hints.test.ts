import { DataError } from '@nonconvex/overparam/tabular'
import { expect, it } from 'vitest'
import * as dataCommands from '../src/command-line/data-commands.js'
import { flagName, globalFlags, type Declaration } from '../src/command-line/declaration.js'
import * as experimentCommands from '../src/command-line/experiment-commands.js'
import * as sequencesCommand from '../src/command-line/sequences-command.js'
import { dataFault, type Reading } from '../src/input/data-faults.js'
import { Stop } from '../src/exit.js'

const declarations: readonly Declaration[] = Object.values<unknown>({
  ...dataCommands,
  ...experimentCommands,
  ...sequencesCommand,
}).filter(
  (value): value is Declaration => typeof value === 'object' && value !== null && 'about' in value,
)
const named = (name: string): readonly Declaration[] =>
  declarations.filter((one) => one.name === name || one.name.startsWith(`${name} `))

const flagsOf = (of: readonly Declaration[]): ReadonlySet<string> =>
  new Set([
    ...of.flatMap(({ flags }) =>
      Object.entries(flags).flatMap(([name, { no }]) => [
        flagName(name),
        ...(no === undefined ? [] : [`--no-${flagName(name).slice(2)}`]),
      ]),
    ),
    ...Object.keys(globalFlags),
    '--help',
  ])

/** Flags that a text names and the command it speaks of does not have; `own` where it names none. */
function strangers(text: string, own: Declaration): readonly string[] {
  // a command and what follows on its line, up to the next one; the words before are of `own`
  return text.split(/(?=\bnonconvex )|;\s|\n/).flatMap((piece) => {
    const [, words = ''] =
      /^nonconvex ([a-z-]+(?: (?:separable|multilabel|sequences|scenes)\b)?)/.exec(piece) ?? []
    const of = words === '' ? [] : named(words)
    const known = flagsOf(of.length === 0 ? [own] : of)
    return [...piece.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)]
      .map(([flag]) => flag)
      .filter((flag) => !known.has(flag))
  })
}

it.each(declarations.map((one) => [one.name, one] as const))(
  'the hint of %s names flags that exist where it says',
  (_, declaration) => {
    const { hint = '', about, help, flags } = declaration
    const helps = Object.values(flags).map((flag) => flag.help)
    for (const text of [hint, about, typeof help === 'string' ? help : '', ...helps])
      expect(strangers(text, declaration)).toEqual([])
  },
)

it('a fault of a file names flags of the command that reads it', () => {
  const faults = ['empty', 'header', 'ragged', 'quote', 'missing', 'number', 'labels'] as const
  const more = ['format', 'size', 'weights', 'scale'] as const
  for (const reading of ['fit', 'predict', 'evaluate'] satisfies Reading[])
    for (const fault of [...faults, ...more]) {
      const found = dataFault('x.csv', reading, new DataError(fault, { line: 1 }, 'expected'))
      const [own] = named(reading === 'fit' ? 'fit separable' : reading)
      expect(found).toBeInstanceOf(Stop)
      expect(strangers((found as Stop).message, own), `${reading} ${fault}`).toEqual([])
    }
})
