import { describe, expect, it } from 'vitest'
import { exit } from '../exit.js'
import { fileFault } from './faults.js'

const failure = (code: string) => Object.assign(new Error(`${code}: it failed`), { code })

describe('fileFault', () => {
  const table = [
    ['EACCES', exit.input, /no permission; choose another place or change its permissions/],
    ['EPERM', exit.input, /no permission/],
    ['EROFS', exit.input, /read-only; choose another place/],
    ['ENOTDIR', exit.input, /a file stands where a folder is needed; choose another name/],
    ['EISDIR', exit.input, /it is a folder, and a file is needed/],
    ['ENOENT', exit.input, /it does not exist/],
    ['ENAMETOOLONG', exit.input, /the name is too long/],
    ['ENOSPC', exit.unfinished, /no space is left; free some and go on with --resume/],
    ['EIO', exit.unfinished, /EIO: it failed/],
  ] as const
  for (const [code, status, message] of table)
    it(`${code} ends with ${status}, and says where and what to do`, () => {
      const stop = fileFault('write', 'some/where', failure(code))
      expect(stop.status).toBe(status)
      expect(stop.message).toMatch(/^cannot write some\/where: /)
      expect(stop.message).toMatch(message)
    })

  it('takes whatever was thrown', () => {
    expect(fileFault('read', 'x', 'odd').message).toBe('cannot read x: odd')
  })
})
