import { flagName, type Declaration, type FlagDeclaration } from '../command-line/declaration.js'
import type { Shell } from '../command-line/experiment-commands.js'
import { exit } from '../exit.js'
import type { Host } from '../host.js'
import type { Terminal } from '../terminal/terminal.js'

/** The commands of the program with their arguments and flags. */
export interface CommandTable {
  readonly declarations: readonly Declaration[]
  /** a group of commands with what it is about */
  readonly groups: { readonly [name: string]: { readonly about: string } }
  /** flags of every command with their help */
  readonly shared: { readonly [flag: string]: string }
}

interface Flag {
  /** '--max-steps' */
  readonly name: string
  readonly help: string
  readonly takesValue: boolean
  /** the values that there are, where they are known */
  readonly values: readonly string[]
}

/** What may follow the words of a command, or of a group; '' is the program itself. */
interface Node {
  readonly words: string
  readonly about: string
  readonly next: readonly string[]
  readonly flags: readonly Flag[]
}

/**
 * `nonconvex completion SHELL`: a script that makes the shell complete commands, flags, their
 * values and the ids of experiments. File names are completed by the shell.
 */
export const completion =
  (table: CommandTable) =>
  (host: Host, terminal: Terminal, shell: Shell): number => {
    const nodes = nodesOf(table, host)
    for (const line of scripts[shell](nodes)) terminal.print(line)
    return exit.done
  }

function nodesOf({ declarations, groups, shared }: CommandTable, host: Host): readonly Node[] {
  const ids = host.experiments.map(({ id }) => id)
  const flagOf = (name: string, help: string, flag?: FlagDeclaration): Flag => ({
    name,
    help,
    takesValue: flag?.value !== undefined,
    values: flag?.experiment ? ids : (flag?.choices ?? []),
  })
  const everywhere = Object.entries(shared).map(([name, help]) => flagOf(name, help))
  const commands = declarations.map((declaration): Node => {
    const [first] = declaration.arguments
    const own = Object.entries(declaration.flags).flatMap(([key, flag]) => {
      const name = flagName(key)
      const opposite = flag.no === undefined ? [] : [flagOf(`--no-${name.slice(2)}`, flag.no)]
      return [flagOf(name, flag.help, flag), ...opposite]
    })
    return {
      words: declaration.name,
      about: declaration.about,
      next: first?.experiment ? ids : (first?.choices ?? []),
      flags: [...own, ...everywhere],
    }
  })
  const below = (group: string): readonly string[] =>
    declarations.flatMap(({ name }) =>
      name.startsWith(`${group} `) ? [name.slice(group.length + 1)] : [],
    )
  const named = Object.entries(groups).map(([words, { about }]): Node => ({
    words,
    about,
    next: below(words),
    flags: everywhere,
  }))
  const top = [...new Set(declarations.map(({ name }) => name.replace(/ .*/, '')))]
  return [{ words: '', about: '', next: top, flags: everywhere }, ...named, ...commands]
}

/** A word in single quotes, which every one of the shells takes as it is. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

const list = (words: readonly string[]): string => quoted(words.join(' '))

/** Branches of `case "$command $word"` that find the command of a line word by word. */
const wordBranches = (nodes: readonly Node[]): readonly string[] =>
  nodes
    .filter(({ words }) => words !== '')
    .map(({ words }) => {
      const [group, own] = words.includes(' ') ? words.split(' ') : ['', words]
      return `${quoted(`${group} ${own}`)}) command=${quoted(words)} ;;`
    })

/** Branches of `case "$command $previous"` for flags with a value. */
const valueBranches = (
  nodes: readonly Node[],
  branch: (values: readonly string[]) => string,
): readonly string[] =>
  nodes.flatMap(({ words, flags }) =>
    flags
      .filter(({ takesValue }) => takesValue)
      .map(({ name, values }) => `${quoted(`${words} ${name}`)}) ${branch(values)} ;;`),
  )

/** Branches of `case "$command"`, for flags or for what follows. */
const nodeBranches = (nodes: readonly Node[], branch: (node: Node) => string): readonly string[] =>
  nodes.map((node) => `${quoted(node.words)}) ${branch(node)} ;;`)

const names = (flags: readonly Flag[]): readonly string[] => flags.map(({ name }) => name)

const indented = (depth: number, lines: readonly string[]): readonly string[] =>
  lines.map((line) => ' '.repeat(depth) + line)

const bash = (nodes: readonly Node[]): readonly string[] => [
  '# bash completion for nonconvex: source <(nonconvex completion bash)',
  '_nonconvex() {',
  '  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD - 1]}"',
  '  local command="" words="" i',
  '  for ((i = 1; i < COMP_CWORD; i++)); do',
  '    case "$command ${COMP_WORDS[i]}" in',
  ...indented(6, wordBranches(nodes)),
  '    esac',
  '  done',
  '  case "$command $previous" in',
  ...indented(
    4,
    valueBranches(nodes, (values) => `words=${list(values)}`),
  ),
  '    *)',
  '      case "$current" in',
  '        -*)',
  '          case "$command" in',
  ...indented(
    12,
    nodeBranches(nodes, ({ flags }) => `words=${list(names(flags))}`),
  ),
  '          esac ;;',
  '        *)',
  '          case "$command" in',
  ...indented(
    12,
    nodeBranches(nodes, ({ next }) => `words=${list(next)}`),
  ),
  '          esac ;;',
  '      esac ;;',
  '  esac',
  '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
  '}',
  'complete -o bashdefault -o default -F _nonconvex nonconvex',
]

/** `_files` where we know nothing. */
const zshWords = (words: readonly string[]): string =>
  words.length === 0 ? '_files' : `compadd -- ${words.map(quoted).join(' ')}`

const zsh = (nodes: readonly Node[]): readonly string[] => [
  '#compdef nonconvex',
  '# zsh completion for nonconvex: source <(nonconvex completion zsh)',
  '_nonconvex() {',
  '  local command="" i',
  '  for ((i = 2; i < CURRENT; i++)); do',
  '    case "$command ${words[i]}" in',
  ...indented(6, wordBranches(nodes)),
  '    esac',
  '  done',
  '  case "$command ${words[CURRENT - 1]}" in',
  ...indented(
    4,
    valueBranches(nodes, (values) => `${zshWords(values)}; return`),
  ),
  '  esac',
  '  if [[ "${words[CURRENT]}" == -* ]]; then',
  '    case "$command" in',
  ...indented(
    6,
    nodeBranches(nodes, ({ flags }) => zshWords(names(flags))),
  ),
  '    esac',
  '  else',
  '    case "$command" in',
  ...indented(
    6,
    nodeBranches(nodes, ({ next }) => zshWords(next)),
  ),
  '    esac',
  '  fi',
  '}',
  'compdef _nonconvex nonconvex',
]

const fish = (nodes: readonly Node[]): readonly string[] => [
  '# fish completion for nonconvex: nonconvex completion fish | source',
  'function __nonconvex_command',
  "  set -l command ''",
  '  for word in (commandline -opc)[2..-1]',
  '    switch "$command $word"',
  ...nodes
    .filter(({ words }) => words !== '')
    .flatMap(({ words }) => [
      `      case ${quoted(words.includes(' ') ? words : ` ${words}`)}`,
      `        set command ${quoted(words)}`,
    ]),
  '    end',
  '  end',
  '  echo $command',
  'end',
  ...nodes.flatMap(({ words, next, flags }) => {
    const here = `complete -c nonconvex -n ${quoted(`test (__nonconvex_command) = "${words}"`)}`
    const about = (word: string): string => {
      const node = nodes.find((one) => one.words === `${words} ${word}`.trim())
      return node === undefined ? '' : ` -d ${quoted(node.about)}`
    }
    return [
      ...next.map((word) => `${here} -f -a ${quoted(word)}${about(word)}`),
      ...flags.map(({ name, help, takesValue, values }) => {
        const value = !takesValue ? '' : values.length > 0 ? ` -x -a ${list(values)}` : ' -r'
        return `${here} -l ${name.slice(2)}${value} -d ${quoted(help)}`
      }),
    ]
  }),
]

const scripts: { readonly [S in Shell]: (nodes: readonly Node[]) => readonly string[] } = {
  bash,
  zsh,
  fish,
}
