import { readdirSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { didYouMean, InputError } from '@nonconvex/experiments'
import { badInput, Stop, unfinished } from '../exit.js'

/** The code of a failed file operation, such as 'ENOENT'; errors of ours have other codes. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof Stop || error instanceof InputError) return undefined
  if (!(error instanceof Error && 'code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** The remedy for a full disk in a command that keeps what is finished. */
export const resumable = 'free some and continue with --resume'

/**
 * What to tell the user when `path` could not be read or written: what, where, remedy.
 *
 * @param remedy - for a full disk
 */
export function fileFault(
  action: 'read' | 'write',
  path: string,
  error: unknown,
  remedy = 'free some and run the command again',
): Stop {
  if (error instanceof Stop) return error
  const code = codeOf(error)
  const say = (why: string) => `cannot ${action} ${path}: ${why}`
  const cause = { cause: error }
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return badInput(
        'file-permission',
        say(`permission denied; choose another location or change its permissions`),
        cause,
      )
    case 'EROFS':
      return badInput(
        'file-permission',
        say('the file system is read-only; choose another location'),
        cause,
      )
    case 'ENOTDIR':
    case 'EEXIST':
      return badInput(
        'folder-expected',
        say('expected a folder, got a file; choose another name'),
        cause,
      )
    case 'EISDIR':
      return badInput('file-expected', say('expected a file, got a folder'), cause)
    case 'ELOOP':
      return badInput('file-expected', say('expected a file, got a loop of symbolic links'), cause)
    case 'EFTYPE':
      return badInput(
        'file-expected',
        say(
          `${words(error)}; ${action === 'read' ? 'give another' : 'remove it, or choose another name'}`,
        ),
        cause,
      )
    case 'ENOENT':
      return badInput(
        'file-missing',
        say(`it does not exist${action === 'read' ? nearName(path) : ''}`),
        cause,
      )
    case 'ENAMETOOLONG':
      return badInput('file-name', say('the name is too long'), cause)
    case 'ENOSPC':
    case 'EDQUOT':
      return unfinished('disk-full', say(`no space left on device; ${remedy}`), cause)
    case undefined:
    default:
      return unfinished('file-failed', say(words(error)), cause)
  }
}

/**
 * As `fileFault` for an error of the system, which has a code; any other error is returned
 * unchanged.
 */
export const systemFault = (
  ...[action, path, error, remedy]: Parameters<typeof fileFault>
): unknown => (codeOf(error) === undefined ? error : fileFault(action, path, error, remedy))

/** Names of a folder among which a near one is looked for, at most. */
const compared = 10_000

/** '; did you mean iris.csv?' where the folder of a file that is missing has such a name. */
function nearName(path: string): string {
  try {
    const hidden = basename(path).startsWith('.')
    const names = readdirSync(dirname(path)).filter((name) => name.startsWith('.') === hidden)
    return didYouMean(basename(path), names.slice(0, compared))
  } catch {
    // there is no such folder, or it cannot be read
    return ''
  }
}

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))
