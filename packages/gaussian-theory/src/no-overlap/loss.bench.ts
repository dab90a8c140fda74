import { stream } from '@nonconvex/tensor'
import { bench, describe } from 'vitest'
import { noOverlapGradient, noOverlapHessian, noOverlapLoss } from '../index.js'
import { runGD } from '../descent/index.js'

const k = 100
const draw = (m: number, name: string): Float64Array =>
  stream(1).child(name).normalInto(new Float64Array(m))

describe.each([5, 32, 784])(`no overlap, k = ${k}, m = %i`, (m) => {
  const w = draw(m, 'w')
  const wStar = draw(m, 'w*')
  bench('loss in closed form', () => {
    noOverlapLoss(w, wStar, k)
  })
  bench('gradient in closed form', () => {
    noOverlapGradient(w, wStar, k)
  })
  if (m <= 32)
    bench('Hessian in closed form', () => {
      noOverlapHessian(w, wStar, k)
    })
  // What the closed form replaces. A hundred draws leave a relative error near 1/10.
  const draws = stream(1).child('x')
  const x = new Float64Array(m)
  bench('loss over 100 drawn inputs', () => {
    let sum = 0
    for (let i = 0; i < 100; i++) {
      let difference = 0
      for (let patch = 0; patch < k; patch++) {
        draws.normalInto(x)
        let ours = 0
        let theirs = 0
        for (let j = 0; j < m; j++) {
          const xj = x[j] ?? 0
          ours += (w[j] ?? 0) * xj
          theirs += (wStar[j] ?? 0) * xj
        }
        difference += Math.max(0, ours) - Math.max(0, theirs)
      }
      sum += (difference / k) ** 2
    }
    if (!(sum >= 0)) throw new Error('NaN')
  })
})

describe('gradient descent, k = 10, m = 5, 1,000 steps', () => {
  const options = {
    w0: draw(5, 'w0'),
    wStar: draw(5, 'w*'),
    k: 10,
    maxSteps: 1000,
    eta: 1e-3,
  }
  bench('every invariant checked at every step', () => {
    runGD(options)
  })
  bench('nothing checked', () => {
    runGD({ ...options, check: false })
  })
})
