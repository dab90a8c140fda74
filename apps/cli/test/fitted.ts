import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Finished } from './program.js'

interface Document {
  readonly schema: string
  readonly kind: string
  readonly weights: string
  readonly training: {
    readonly separation: {
      readonly kind: string
      readonly exact?: boolean
      readonly witness?: readonly { readonly line: number; readonly integer?: string }[]
    }
    readonly runs: readonly {
      readonly k: number
      readonly status: string
      readonly loss: number
      readonly updates: number
      readonly bounds?: { readonly best: number }
    }[]
    readonly verdicts: readonly {
      readonly claim: string
      readonly status: string
      readonly rigor: string
    }[]
  }
}

/** The model document of a model folder. */
export const documentOf = (model: string): Document =>
  JSON.parse(readFileSync(join(model, 'model.json'), 'utf8')) as Document

interface Evaluation {
  readonly examples: number
  readonly errors: number
  readonly errorBound: number | null
  readonly trainedOn: boolean
  readonly skipped: number
}

/**
 * Errors as `evaluate` counts them, and as they follow from what `predict` writes.
 *
 * @param run - runs a command line, here or in a process of its own
 */
export async function used(
  model: string,
  data: string,
  labels: (line: number) => string,
  run: (argv: readonly string[]) => Promise<Finished>,
): Promise<Evaluation> {
  const evaluated = await run(['evaluate', model, data, '--json'])
  expect(evaluated).toMatchObject({ status: 0 })
  const found = JSON.parse(evaluated.out) as Evaluation
  const predicted = await run(['predict', model, data, '--quiet'])
  expect(predicted).toMatchObject({ status: 0, err: '' })
  const [header, ...rows] = predicted.out.trimEnd().split('\n')
  expect(header).toBe('line,prediction,output')
  const known = rows.map((row) => row.split(',')).filter(([line]) => labels(Number(line)) !== '')
  expect(known).toHaveLength(found.examples)
  const wrong = known.filter(([line, prediction]) => prediction !== labels(Number(line)))
  expect(wrong).toHaveLength(found.errors)
  return found
}
