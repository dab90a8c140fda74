import { badInput, unfinished, type Stop } from '../exit.js'

/** The code of a failed file operation, such as 'ENOENT'. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined

/** What to tell the user when `path` could not be read or written: what, where, remedy. */
export function fileFault(action: 'read' | 'write', path: string, error: unknown): Stop {
  const code = codeOf(error)
  const say = (why: string) => `cannot ${action} ${path}: ${why}`
  const cause = { cause: error }
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return badInput(say(`no permission; choose another place or change its permissions`), cause)
    case 'EROFS':
      return badInput(say('the file system is read-only; choose another place'), cause)
    case 'ENOTDIR':
    case 'EEXIST':
      return badInput(say('a file stands where a folder is needed; choose another name'), cause)
    case 'EISDIR':
      return badInput(say('it is a folder, and a file is needed'), cause)
    case 'ENOENT':
      return badInput(say('it does not exist'), cause)
    case 'ENAMETOOLONG':
      return badInput(say('the name is too long'), cause)
    case 'ENOSPC':
    case 'EDQUOT':
      return unfinished(say('no space is left; free some and go on with --resume'), cause)
    case undefined:
    default:
      return unfinished(say(error instanceof Error ? error.message : String(error)), cause)
  }
}
