// Training of @nonconvex/overparam beside plain loops: every engine. Updates and weights are
// compared first.
import { machine } from './harness.mjs'
import { training } from './overparam/training.mjs'

console.log('overparam: SGD on two-layer networks, one thread, float64')
console.log(machine())
console.log('medians of 15 interleaved repeats; updates, steps and weights were compared before')

await training()
