import type { ParamValues } from '@nonconvex/experiments'
import type { Subject } from '../explore/explorer.js'
import { textOf } from '../state/text.js'

interface Props {
  readonly subject: Subject
  readonly params: ParamValues
  readonly seed: number
}

/** The values, which a printed page has no form for. */
export function Printed({ subject, params, seed }: Props) {
  const values = Object.keys(subject.params.fields).map(
    (name) => `${name} = ${textOf(params[name] ?? null)}`,
  )
  return <p class="printed">{[...values, `seed = ${seed}`].join('; ')}</p>
}
