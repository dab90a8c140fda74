// Micro-benchmarks of @nonconvex/tensor beside plain loops and TensorFlow.js (wasm). Results are
// compared first.
import { readFileSync } from 'node:fs'
import { startEngine } from '@nonconvex/tensor/engine'
import { simdAvailable } from '@nonconvex/tensor/simd'
import { machine } from './harness.mjs'
import { products } from './tensor/products.mjs'
import { randomNumbers } from './tensor/random.mjs'
import { solvers } from './tensor/solvers.mjs'
import { vectors } from './tensor/vectors.mjs'

const version = (entry) =>
  JSON.parse(readFileSync(new URL(import.meta.resolve(`${entry}/package.json`)), 'utf8')).version

const { tf, backend, dispose } = await startEngine({ backend: 'wasm' })
console.log(
  `tensor ${version('@nonconvex/tensor')}, SIMD kernels ${simdAvailable() ? 'on' : 'off'}`,
)
console.log(`tfjs ${tf.version.tfjs}, backend ${backend}, one thread`)
console.log(machine())
console.log('medians of 15 interleaved repeats; every result was compared with the others before')

products(tf)
vectors(tf)
randomNumbers(tf)
solvers()
dispose()
