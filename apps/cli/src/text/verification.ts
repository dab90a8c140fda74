import { verification, type Experiment, type RowCheck } from '@nonconvex/experiments'

const checks: { readonly [rows in RowCheck['rows']]: string } = {
  recomputed: 'recomputed from the seed',
  replayed: 'replayed from a witness',
}

/** How `verify` checks the rows of an experiment: a line for each part. */
export async function verificationLines(experiment: Experiment): Promise<readonly string[]> {
  return Object.entries(await verification(experiment)).map(
    ([part, { rows, audited }]) =>
      `${part}: ${checks[rows]}${audited ? ' and checked independently' : ''}`,
  )
}
