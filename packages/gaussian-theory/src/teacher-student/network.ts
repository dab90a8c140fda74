import { checkBetween, checkCount, checkVector } from '@nonconvex/tensor/check'
import { relu, type Kernel } from './kernels.js'

/**
 * A student network Σ a_i s(w_i·x) and a teacher network Σ b_j t(v_j·x) on Gaussian inputs. Rows of
 * W and V are neurons.
 */
export interface TeacherStudent {
  /** number of neurons of the student, ≥ 1 */
  readonly n: number
  /** number of neurons of the teacher, ≥ 1 */
  readonly k: number
  /** dimension of the inputs, ≥ 1 */
  readonly d: number
  /** [n, d] */
  readonly W: Float64Array
  /** [n] */
  readonly a: Float64Array
  /** [k, d] */
  readonly V: Float64Array
  /** [k] */
  readonly b: Float64Array
  /** E s(u·x) s(v·x) of the student */
  readonly kernel: Kernel
  /** E s(u·x) t(v·x); default `kernel`: both networks have the same activation */
  readonly kernelST?: Kernel
  /** E t(u·x) t(v·x) of the teacher; default `kernel` */
  readonly kernelTT?: Kernel
}

/**
 * The network of the published experiments: ReLU, output weights 1, teacher V = I_k padded with
 * zeros.
 *
 * @param W - [n, d]
 * @throws ArgumentError unless 1 ≤ k ≤ d and W has n·d finite entries
 *
 * @example
 * import { loss, orthonormalTeacher } from '@nonconvex/gaussian-theory/teacher-student'
 * console.log(loss(orthonormalTeacher(Float64Array.of(1, 0, 0, 1), { n: 2, k: 2, d: 2 }))) // → 0
 */
export function orthonormalTeacher(
  W: Float64Array,
  { n, k, d }: { readonly n: number; readonly k: number; readonly d: number },
): TeacherStudent {
  const fn = 'orthonormalTeacher'
  for (const [name, size] of Object.entries({ n, k, d })) checkCount(fn, name, size)
  checkBetween(fn, 'k', k, 1, d, `[1, d = ${d}]`)
  const V = new Float64Array(k * d)
  for (let j = 0; j < k; j++) V[j * d + j] = 1
  const ts = { n, k, d, W, a: ones(n), V, b: ones(k), kernel: relu }
  checkNetwork(fn, ts)
  return ts
}

/** The vector of ones. */
function ones(length: number): Float64Array {
  return new Float64Array(length).fill(1)
}

/** @throws ArgumentError unless the sizes fit and every entry is finite */
export function checkNetwork(fn: string, ts: TeacherStudent): void {
  const { n, k, d, W, a, V, b } = ts
  checkCount(fn, 'n', n)
  checkCount(fn, 'k', k)
  checkCount(fn, 'd', d)
  checkVector(fn, 'W', W, n * d, 'n·d')
  checkVector(fn, 'a', a, n, 'n')
  checkVector(fn, 'V', V, k * d, 'k·d')
  checkVector(fn, 'b', b, k, 'k')
}
