// Float64 arrays and linear algebra.
export type { Matrix, Vec } from './types.js'
export { identity, matrix, row, transpose } from './dense/matrix.js'
export { dot } from './dense/dot.js'
export { norm2 } from './dense/norm2.js'
export { angles, type Angles } from './dense/angles.js'
export { axpyInto } from './dense/axpy.js'
export { power } from './dense/power.js'
export { gemv, gemvInto, type GemvOptions } from './dense/gemv.js'
export {
  gemm,
  gemmF32,
  gemmF32Into,
  gemmInto,
  type GemmOptions,
  type MatrixF32,
} from './dense/gemm.js'
export { cholesky, type Cholesky } from './dense/cholesky.js'
export { solveCholesky, solveLower, solveUpper, type SolveOptions } from './dense/triangular.js'
export { qr, type Qr } from './dense/qr.js'

// Reproducible randomness.
export { restoreStream, stream } from './random/open.js'
export type { Stream, StreamState } from './random/stream.js'

// What is thrown at a wrong argument.
export { ArgumentError, ShapeError, type ArgumentCode } from './check/errors.js'
