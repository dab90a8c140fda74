import type { Space } from './ops.js'

const PAGE = 65536

/** Numbers of four bytes that WebAssembly can address, less the first page. */
const MOST = 2 ** 30 - PAGE / 4

/** The error if memory is exhausted because a batch or a layer is too large. */
export class RoomError extends RangeError {
  constructor(numbers: number, why: string) {
    super(`structured: layers, batches and what is kept of them ${why}, got ${gibibytes(numbers)}`)
  }
}

const gibibytes = (numbers: number): string => `${(numbers / 2 ** 28).toPrecision(3)} GiB`

/** Memory that grows, seen as numbers and as indices. */
interface Views {
  readonly floats: Float32Array | Float64Array
  readonly ints: Int32Array
}

function space(start: Views, grow: (numbers: number) => Views): Space {
  let views = start
  let used = 4
  /**
   * Twice as much as before saves growing again; the machine may have no more than what is needed.
   */
  const larger = (needed: number, wanted: number): Views => {
    try {
      return grow(Math.max(needed, wanted))
    } catch {
      try {
        return grow(needed)
      } catch {
        throw new RoomError(needed, 'must fit in the available memory')
      }
    }
  }
  return {
    get floats() {
      return views.floats
    },
    get ints() {
      return views.ints
    },
    get used() {
      return used
    },
    reserve(count) {
      const at = used
      const next = used + 4 * Math.ceil(count / 4)
      if (next > MOST) throw new RoomError(next, 'must fit in 4 GiB')
      const { length } = views.floats
      if (next > length) views = larger(next, Math.min(MOST, 2 * length))
      used = next
      return at
    },
    release(place) {
      used = place
    },
  }
}

/** A space in a WebAssembly memory; its views are renewed when the memory grows. */
export function wasmSpace(memory: WebAssembly.Memory): Space {
  const views = (): Views => ({
    floats: new Float32Array(memory.buffer),
    ints: new Int32Array(memory.buffer),
  })
  return space(views(), (numbers) => {
    memory.grow(Math.ceil((4 * numbers - memory.buffer.byteLength) / PAGE))
    return views()
  })
}

/**
 * A space in plain arrays: float32 numbers in one buffer, or float64 numbers with the indices in
 * another buffer.
 */
export function plainSpace(precision: 'float32' | 'float64'): Space {
  const make = (numbers: number, old?: Views): Views => {
    if (precision === 'float64') {
      const floats = new Float64Array(numbers)
      const ints = new Int32Array(numbers)
      if (old) {
        floats.set(old.floats)
        ints.set(old.ints)
      }
      return { floats, ints }
    }
    const buffer = new ArrayBuffer(4 * numbers)
    const ints = new Int32Array(buffer)
    if (old) ints.set(old.ints)
    return { floats: new Float32Array(buffer), ints }
  }
  let views = make(PAGE / 4)
  return space(views, (numbers) => (views = make(numbers, views)))
}
