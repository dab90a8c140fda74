import type { SgdOutcome, UpdateList } from '@nonconvex/overparam'
import { isPacked, pack, unpack, type Packed, type PackedArray } from '../../result/packed.js'

/** The evidence from which a run is checked: its updates in order, and its separability. */
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
    ...packedList(outcome),
    separator: wStar ? { ...pack(wStar) } : null,
    gordan: gordan ? { ...pack(gordan) } : null,
  }
}

/** @throws RangeError if these are not the fields of a part of a witness */
function checkFields(part: unknown, fields: readonly string[], name: string): void {
  const found = Object.keys(part ?? {}).sort()
  if (String(found) !== String(fields))
    throw new RangeError(
      `witness: expected the fields ${fields.join(', ')}${name}, got ${found.join(', ')}`,
    )
}

/** A packed array of a part; undefined where it is null. */
function arrayOf(part: unknown, field: string): PackedArray | undefined {
  const value = (part as { readonly [name: string]: unknown })[field]
  if (value === null) return undefined
  if (!isPacked(value))
    throw new RangeError(`witness: expected ${field} to be a packed array, got another value`)
  return unpack(value)
}

function vectorOf(part: unknown, field: string): Float64Array | undefined {
  const found = arrayOf(part, field)
  if (found === undefined || found instanceof Float64Array) return found
  throw new RangeError(`witness: expected ${field} to be a packed float64 array, got another type`)
}

function updatesOf(part: unknown, name: string): UpdateList {
  const [sequence, atStep] = [arrayOf(part, 'example'), arrayOf(part, 'step')]
  if (sequence instanceof Int32Array && atStep instanceof Int32Array) return { sequence, atStep }
  throw new RangeError(
    `witness: expected example and step${name} to be packed int32 arrays, got another type`,
  )
}

/**
 * Decodes a witness.
 *
 * @throws RangeError if a field is missing, too many or of another kind, or if it claims a
 *   separator and that there is none
 */
export function evidenceOf(witness: unknown): Evidence {
  checkFields(witness, ['example', 'gordan', 'separator', 'step'], '')
  const [wStar, gordan] = [vectorOf(witness, 'separator'), vectorOf(witness, 'gordan')]
  if (wStar && gordan)
    throw new RangeError('witness: expected a separator or Gordan weights, got both')
  return { list: updatesOf(witness, ''), ...(wStar && { wStar }), ...(gordan && { gordan }) }
}

/** The updates of a run as a part of a witness: { example, step }, packed. */
export const packedList = ({ sequence, atStep }: UpdateList): PackedList => ({
  example: { ...pack(sequence) },
  step: { ...pack(atStep) },
})

/**
 * Decodes such a part.
 *
 * @throws RangeError if it has other fields, or they are not packed int32
 */
export function listOf(part: unknown, name: string): UpdateList {
  checkFields(part, ['example', 'step'], ` in ${name}`)
  return updatesOf(part, ` in ${name}`)
}
