import { describe, expect, it } from 'vitest'
import { exit } from '../exit.js'
import { codeOf, fileFault, resumable } from './faults.js'

const failure = (code: string) => Object.assign(new Error(`${code}: it failed`), { code })

describe('fileFault', () => {
  const table = [
    ['EACCES', exit.input, 'file-permission'],
    ['EPERM', exit.input, 'file-permission'],
    ['EROFS', exit.input, 'file-permission'],
    ['ENOTDIR', exit.input, 'folder-expected'],
    ['EISDIR', exit.input, 'file-expected'],
    ['ENOENT', exit.input, 'file-missing'],
    ['ENAMETOOLONG', exit.input, 'file-name'],
    ['ENOSPC', exit.unfinished, 'disk-full'],
    ['EIO', exit.unfinished, 'file-failed'],
  ] as const
  for (const [code, status, ours] of table)
    it(`${code} ends with ${status}, its path and ${ours}`, () => {
      const stop = fileFault('write', 'some/where', failure(code))
      expect(stop.status).toBe(status)
      expect(stop.message).toMatch(/^cannot write some\/where: /)
      expect(stop.code).toBe(ours)
      expect(codeOf(stop)).toBeUndefined()
    })

  it('suggests --resume for a full disk only where the command has it', () => {
    const text = (remedy?: string) => fileFault('write', 'x', failure('ENOSPC'), remedy).message
    expect(text()).not.toMatch(/--resume/)
    expect(text(resumable)).toMatch(/--resume/)
  })

  it('takes whatever was thrown', () => {
    expect(fileFault('read', 'x', 'odd').message).toBe('cannot read x: odd')
  })
})
