import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  documentedFiles,
  documentedLines,
  outdated,
  runDocumented,
  testDocumented,
  typeErrors,
} from './documented-files.ts'
import { root } from './workspace.ts'

const filesOf = (path: string) => documentedFiles(readFileSync(join(root, path), 'utf8'))
const fixture = filesOf('tooling/workspace/test/fixtures/walk.md')

describe('files that a text shows', () => {
  it('are found with their paths', () => {
    expect(fixture.map(({ file }) => file.split('/').at(-1))).toEqual([
      'experiment.ts',
      'claims.ts',
      'work.ts',
    ])
  })

  it('are type-checked at their paths', () => {
    expect(typeErrors(root, fixture)).toEqual([])
    const wrong = fixture.map(({ file, code }) => ({
      file,
      code: code.replace('params.steps', 'params.step'),
    }))
    expect(typeErrors(root, wrong).join('\n')).toContain("Property 'step' does not exist")
  })

  it('are compared with those that exist', () => {
    const file = 'tooling/workspace/vitest.config.ts'
    const code = readFileSync(join(root, file), 'utf8')
    expect(outdated(root, [{ file, code }, ...fixture])).toEqual([])
    expect(outdated(root, [{ file, code: `${code}\n` }])).toEqual([file])
  })

  it('run as an experiment that is verified', () => {
    expect(runDocumented(root, fixture)).toEqual({
      id: 'gaussian/halving',
      status: 'complete',
      verdicts: [{ claim: 'gaussian/halved', status: 'holds' }],
      accepted: true,
    })
  })
})

const shown = filesOf('CONTRIBUTING.md')
const listed = documentedLines(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'))

if (shown.length > 0)
  describe('the experiment of CONTRIBUTING.md', () => {
    it('is as in the repository, or type-checks there', () => {
      expect(outdated(root, shown)).toEqual([])
      expect(typeErrors(root, shown)).toEqual([])
    })

    it('runs, holds and is verified', () => {
      const { status, verdicts, accepted } = runDocumented(root, shown)
      expect({ status, accepted }).toEqual({ status: 'complete', accepted: true })
      expect(verdicts.map((verdict) => verdict.status)).not.toContain('violated')
    })

    it('passes its test once its two lines list it', () => {
      expect(listed.map(({ code }) => code.trim().split('\n').length)).toEqual([2])
      const results = Object.values(testDocumented(root, shown, listed))
      expect(results.length).toBeGreaterThan(3)
      expect(new Set(results)).toEqual(new Set(['passed']))
    })
  })
