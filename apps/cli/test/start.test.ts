import { expect, it } from 'vitest'
import { abrupt, programOf } from '../src/start.js'

it.each([
  ['run x --out dir', true],
  ['--quiet run x --out=dir', true],
  ['run x', false],
  ['reproduce', true],
  ['fit separable x --out dir', false],
  ['predict x y --out file', false],
  ['', false],
])('nonconvex %s: names --resume, if ended at once, only where it exists', (line, resumes) => {
  expect(abrupt(line.split(' ')).includes('--resume')).toBe(resumes)
})

it('names the command that starts it again where the user is', () => {
  const clone = { npm_package_name: 'nonconvex-workspace', npm_config_local_prefix: '/a/clone' }
  expect(programOf({})).toBe('nonconvex')
  expect(programOf({ ...clone, INIT_CWD: '/a/clone/sub' })).toBe('npm run -s nonconvex --')
  expect(programOf({ ...clone, INIT_CWD: '/a/data' })).toBe(
    'npm --prefix /a/clone run -s nonconvex --',
  )
})
