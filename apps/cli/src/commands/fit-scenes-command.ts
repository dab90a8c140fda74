import type { FitScenesFlags } from './fit-scenes.js'
import { shellWord } from './settings.js'

/** The command that makes the model again. */
export function fitScenesCommand(
  data: string,
  flags: FitScenesFlags,
  program = 'nonconvex',
): string {
  const one = (name: keyof FitScenesFlags): string[] => {
    const value = flags[name]
    return value === undefined ? [] : [`--${name} ${shellWord(String(value))}`]
  }
  return [
    `${program} fit scenes ${shellWord(data)}`,
    ...one('model'),
    ...(
      ['task', 'hidden', 'steps', 'attention', 'rate', 'epochs', 'batch', 'seed'] as const
    ).flatMap(one),
    ...one('format'),
    ...one('split'),
    ...(flags.integerBoxes ? ['--integer-boxes'] : []),
    ...one('classes'),
    ...one('predicates'),
    ...(flags.without ?? []).map((name) => `--without ${shellWord(name)}`),
    ...one('test'),
    ...(flags.inclusive === undefined ? [] : [flags.inclusive ? '--inclusive' : '--no-inclusive']),
    ...one('out'),
    ...(flags.resume ? ['--resume'] : []),
  ].join(' ')
}
