import type { SgdOutcome, UpdateList } from '@nonconvex/overparam'
import { isPacked, pack, unpack, type Packed, type PackedArray } from '../../result/packed.js'

/** What a run is checked from: its updates in order, and the evidence on separability. */
export interface Evidence {
  readonly list: UpdateList
  /** [d] a separator, if one is known */
  readonly wStar?: Float64Array
  /** [n] Gordan weights, if there is none */
  readonly gordan?: Float64Array
}

/** A list of updates in a witness, packed. */
export interface PackedList {
  readonly example: Packed
  readonly step: Packed
}

/** The witness of a run, packed. */
export interface RunWitness extends PackedList {
  readonly separator: Packed | null
  readonly gordan: Packed | null
}

/** The witness of a run. */
export function witnessOf(
  outcome: SgdOutcome,
  evidence: { readonly wStar?: Float64Array; readonly gordan?: Float64Array },
): RunWitness {
  const { wStar, gordan } = evidence
  return {
    example: { ...pack(outcome.sequence) },
    step: { ...pack(outcome.atStep) },
    separator: wStar ? { ...pack(wStar) } : null,
    gordan: gordan ? { ...pack(gordan) } : null,
  }
}

const fields = ['example', 'gordan', 'separator', 'step'] as const

function arrayOf(witness: unknown, name: (typeof fields)[number]): PackedArray | undefined {
  const value = (witness as { readonly [name: string]: unknown })[name]
  if (value === null) return undefined
  if (!isPacked(value)) throw new RangeError(`witness: expected ${name} to be a packed array`)
  return unpack(value)
}

/**
 * Reads a witness back.
 *
 * @throws RangeError if a field is missing, too many or of another kind, or if it claims a
 *   separator and that there is none
 */
export function evidenceOf(witness: unknown): Evidence {
  const found = Object.keys(witness ?? {}).sort()
  if (String(found) !== String(fields))
    throw new RangeError(`witness: expected ${fields.join(', ')}, got ${found.join(', ')}`)
  const sequence = arrayOf(witness, 'example')
  const atStep = arrayOf(witness, 'step')
  const wStar = arrayOf(witness, 'separator')
  const gordan = arrayOf(witness, 'gordan')
  if (!(sequence instanceof Int32Array && atStep instanceof Int32Array))
    throw new RangeError('witness: expected example and step as packed int32')
  if (wStar && !(wStar instanceof Float64Array))
    throw new RangeError('witness: expected separator as packed float64')
  if (gordan && !(gordan instanceof Float64Array))
    throw new RangeError('witness: expected gordan as packed float64')
  if (wStar && gordan)
    throw new RangeError('witness: expected a separator or Gordan weights, got both')
  return { list: { sequence, atStep }, ...(wStar && { wStar }), ...(gordan && { gordan }) }
}

/** The updates of a run as a part of a witness: { example, step }, packed. */
export const packedList = ({ sequence, atStep }: UpdateList): PackedList => ({
  example: { ...pack(sequence) },
  step: { ...pack(atStep) },
})

/**
 * Reads such a part back.
 *
 * @throws RangeError if it has other fields, or they are not packed int32
 */
export function listOf(part: unknown, name: string): UpdateList {
  const found = Object.keys(part ?? {}).sort()
  if (String(found) !== 'example,step')
    throw new RangeError(`witness: expected example and step in ${name}, got ${found.join(', ')}`)
  const sequence = arrayOf(part, 'example')
  const atStep = arrayOf(part, 'step')
  if (!(sequence instanceof Int32Array && atStep instanceof Int32Array))
    throw new RangeError(`witness: expected example and step in ${name} as packed int32`)
  return { sequence, atStep }
}
