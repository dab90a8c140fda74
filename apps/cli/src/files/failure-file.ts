import * as v from 'valibot'
import type { ParamValues } from '@nonconvex/experiments'
import { badInput } from '../exit.js'
import type { Failure } from '../work/cells.js'

export const failureName = 'failed.json'

/** The record of an experiment without a result in a report. */
export interface FailureRecord extends Failure {
  readonly schema: 'nonconvex/failure@1'
  readonly experiment: string
  readonly params: ParamValues
  readonly seed: number
}

const schema = v.strictObject({
  schema: v.literal('nonconvex/failure@1'),
  experiment: v.string(),
  params: v.record(v.string(), v.unknown()),
  seed: v.number(),
  cell: v.exactOptional(v.string()),
  message: v.string(),
})

export const failureDocument = (record: FailureRecord): string =>
  `${JSON.stringify(record, null, 1)}\n`

/** Parses a record that `failureDocument` wrote. */
export function parseFailure(text: string, path: string): FailureRecord {
  try {
    return v.parse(schema, JSON.parse(text)) as FailureRecord
  } catch (error) {
    throw badInput('record-invalid', `${path}: expected a ${failureName} as reproduce writes it`, {
      cause: error,
    })
  }
}
