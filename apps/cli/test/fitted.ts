import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { program } from './program.js'

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
 * Errors as `evaluate` counts them in a new process, and as they follow from what `predict` writes
 * in another.
 */
export async function used(
  model: string,
  data: string,
  labels: (line: number) => string,
): Promise<Evaluation> {
  const evaluated = await program(['evaluate', model, data, '--json'])
  expect(evaluated).toMatchObject({ status: 0 })
  const found = JSON.parse(evaluated.out) as Evaluation
  const predicted = await program(['predict', model, data, '--quiet'])
  expect(predicted).toMatchObject({ status: 0, err: '' })
  const [header, ...rows] = predicted.out.trimEnd().split('\n')
  expect(header).toBe('line,prediction,output')
  const known = rows.map((row) => row.split(',')).filter(([line]) => labels(Number(line)) !== '')
  expect(known).toHaveLength(found.examples)
  const wrong = known.filter(([line, prediction]) => prediction !== labels(Number(line)))
  expect(wrong).toHaveLength(found.errors)
  return found
}
