import { Argument, InvalidArgumentError, Option, type Command } from 'commander'
import type { Host } from '../host.js'
import { badInput } from '../exit.js'
import type { Terminal } from '../terminal/terminal.js'

/** One flag of a command. A flag without `value`, `choices` and `parse` is a switch. */
export interface FlagDeclaration {
  readonly help: string
  /** placeholder of the value in the help, as 'n' in `--seed <n>` */
  readonly value?: string
  /** the only values that are accepted */
  readonly choices?: readonly string[]
  /** its value is, or may be, the id of an experiment */
  readonly experiment?: true
  /** reads the value; throws commander's InvalidArgumentError with what was expected */
  readonly parse?: (text: string) => unknown
  readonly default?: unknown
  /** for the help: the value that the command takes where the flag is not given */
  readonly usual?: string | number
  /** may be given more than once; its value is the list */
  readonly repeated?: true
  /** help of the opposite flag, `--no-…`; without it there is none */
  readonly no?: string
  /** flags that it cannot be combined with */
  readonly conflicts?: readonly string[]
  /** flags of which one must be given, too */
  readonly needs?: readonly string[]
  /** concerns this invocation only: not part of the command that makes a result again */
  readonly session?: true
}

export interface FlagTable {
  /** by their names in camel case: `maxSteps` is `--max-steps` */
  readonly [name: string]: FlagDeclaration
}

export interface ArgumentDeclaration {
  readonly name: string
  readonly help: string
  readonly optional?: true
  /** the only values that are accepted */
  readonly choices?: readonly string[]
  /** it is the id of an experiment */
  readonly experiment?: true
  readonly parse?: (text: string) => string
}

/** A command of the program, from which its parser, help, types and texts are made. */
export interface Declaration<
  A extends readonly ArgumentDeclaration[] = readonly ArgumentDeclaration[],
  F extends FlagTable = FlagTable,
> {
  /** 'run'; 'fit scenes' for a command of a group */
  readonly name: string
  readonly about: string
  readonly arguments: A
  readonly flags: F
  /** the usage line, where it does not follow from the arguments */
  readonly usage?: string
  /** further help, after the flags */
  readonly help?: string | ((host: Host) => string)
  /** printed after a usage error */
  readonly hint?: string
}

/** Declares a command; its types are inferred from the literal. */
export const declare = <const A extends readonly ArgumentDeclaration[], const F extends FlagTable>(
  declaration: Declaration<A, F>,
): Declaration<A, F> => declaration

type ValueOf<F extends FlagDeclaration> = F extends { readonly repeated: true }
  ? readonly string[]
  : F extends { readonly choices: readonly (infer Choice)[] }
    ? Choice
    : F extends { readonly parse: (text: string) => infer Value }
      ? Value
      : F extends { readonly value: string }
        ? string
        : boolean

type WithDefault<T extends FlagTable> = {
  [N in keyof T]: T[N] extends { readonly default: unknown } ? N : never
}[keyof T]

type TableFlags<T extends FlagTable> = { readonly [N in WithDefault<T>]: ValueOf<T[N]> } & {
  readonly [N in Exclude<keyof T, WithDefault<T>>]?: ValueOf<T[N]>
}

/** The flags that the action of a command receives. */
export type FlagsOf<D> =
  D extends Declaration<readonly ArgumentDeclaration[], infer F> ? TableFlags<F> : never

/** The arguments that it receives. */
export type ArgumentsOf<D> =
  D extends Declaration<infer A, FlagTable>
    ? {
        readonly [I in keyof A]: A[I] extends { readonly optional: true }
          ? string | undefined
          : A[I] extends { readonly choices: readonly (infer Choice)[] }
            ? Choice
            : string
      }
    : never

/** What a command does: its exit status is returned. */
export type Action<D> = (
  host: Host,
  terminal: Terminal,
  ...given: [...ArgumentsOf<D>, FlagsOf<D>]
) => number | Promise<number>

/** `maxSteps` → `--max-steps`. */
export const flagName = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** Throws for a flag that has no effect without another flag. */
export function checkNeeds(flags: FlagTable, given: { readonly [name: string]: unknown }): void {
  for (const [key, { needs }] of Object.entries(flags)) {
    const unused = given[key] === undefined || given[key] === false
    if (!needs || unused || needs.some((other) => given[other] !== undefined)) continue
    const [name, others] = [flagName(key), needs.map(flagName).join(' or ')]
    throw badInput('flag-needs', `${name} needs ${others}; add it, or omit ${name}`)
  }
}

/** Adds a command to commander's tree, without its action. */
export function addCommand(parent: Command, declaration: Declaration, host: Host): Command {
  const { name, about, usage, help, hint } = declaration
  const command = parent.command(name.replace(/^.* /, '')).description(about)
  if (usage !== undefined) command.usage(usage)
  for (const { name, help, optional, choices, parse } of declaration.arguments) {
    const argument = new Argument(optional ? `[${name}]` : `<${name}>`, help)
    if (choices) argument.choices(choices)
    command.addArgument(parse ? argument.argParser(parse) : argument)
  }
  const names = [...Object.keys(declaration.flags).map(flagName), ...everywhere]
  for (const [flag, one] of Object.entries(declaration.flags))
    for (const option of optionsOf(flagName(flag), one, names)) command.addOption(option)
  const after = typeof help === 'function' ? help(host) : help
  if (after !== undefined) command.addHelpText('after', `\n${after}`)
  return command.showHelpAfterError(
    `Usage: nonconvex ${name} ${command.usage()}; see nonconvex ${name} --help${hint === undefined ? '' : `\n${hint}`}`,
  )
}

export const helpFlag = 'print this help'

/** Flags of every command besides `--help`, with their help. */
export const globalFlags: { readonly [flag: string]: string } = {
  '--no-color': 'disable colors (also: NO_COLOR)',
  '--quiet': 'no progress and no hints',
  '--debug': 'print stack traces',
}

const everywhere = ['--help', ...Object.keys(globalFlags)]

const collect = (item: string, before: readonly string[] = []): string[] => [...before, item]

function optionsOf(
  name: string,
  flag: FlagDeclaration,
  names: readonly string[],
): readonly Option[] {
  const usual = flag.usual === undefined ? '' : ` (default: ${flag.usual})`
  const text = `${flag.help}${flag.repeated ? ' (may be repeated)' : ''}${usual}`
  const option = new Option(flag.value === undefined ? name : `${name} <${flag.value}>`, text)
  if (flag.choices) option.choices(flag.choices)
  else if (flag.value !== undefined)
    option.argParser((given: string, before: unknown): unknown => {
      if (names.includes(given))
        throw new InvalidArgumentError(`Expected a value, got the flag ${given}.`)
      if (flag.repeated) return collect(given, before as readonly string[] | undefined)
      return flag.parse ? flag.parse(given) : given
    })
  if (flag.conflicts) option.conflicts([...flag.conflicts])
  if (flag.default !== undefined)
    option.default(flag.default, Array.isArray(flag.default) ? flag.default.join() : undefined)
  return flag.no === undefined ? [option] : [option, new Option(`--no-${name.slice(2)}`, flag.no)]
}

/** A word of a command line, quoted where a shell needs it. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`

/**
 * The command that makes a result again: arguments, then in the order of the table every flag that
 * was given or has a default, but for those of the session.
 *
 * @param program - what a user types to start the program
 */
export const commandText = <F extends FlagTable>(
  declaration: Declaration<readonly ArgumentDeclaration[], F>,
  given: readonly string[],
  flags: Partial<TableFlags<F>>,
  program = 'nonconvex',
): string => commandLine(declaration, given, flags, program)

/** The command line that makes a result again, with flags that were read from a document. */
export function commandLine(
  declaration: Declaration,
  given: readonly string[],
  flags: { readonly [name: string]: unknown },
  program = 'nonconvex',
): string {
  const words = Object.entries(declaration.flags).flatMap(
    ([key, { session, no, repeated }]): string[] => {
      const [name, value] = [flagName(key), flags[key]]
      if (session || value === undefined) return []
      if (value === true) return [name]
      if (value === false) return no === undefined ? [] : [`--no-${name.slice(2)}`]
      // a list is one value, unless the flag is repeated for each
      const values: readonly unknown[] = repeated && Array.isArray(value) ? value : [value]
      return values.map((one) => `${name} ${shellWord(String(one))}`)
    },
  )
  return [`${program} ${declaration.name}`, ...given.map(shellWord), ...words].join(' ')
}
