import { demoFunctions } from '@nonconvex/structured'
import { expect, it } from 'vitest'
import { invariantSubjects } from './invariant-subjects.js'
import { names } from './names.js'
import { violators } from './violators.js'

it('each list of names is that of its functions', () => {
  const of = (all: readonly { readonly name: string }[]): string[] => all.map(({ name }) => name)
  expect(of(invariantSubjects)).toEqual(names.form)
  expect(of(violators)).toEqual(names.violator)
  expect(of(demoFunctions)).toEqual(names.built)
})
