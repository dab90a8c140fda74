// Trains once and says how much memory the process held at most: started by overparam.mjs.
import { trainSgd } from '@nonconvex/overparam'
import { alpha, eta, order, repeated, startOf, zeroAgainstRest } from './digits.mjs'

const [n, k] = [20_000, 1000]
const megabytes = (kilobytes) => Math.round(kilobytes / 1024)

const data = repeated(await zeroAgainstRest(4000), n)
const options = { k, start: startOf(k, data.x.cols), alpha, eta, order, maxSteps: 30 * n }
const before = megabytes(process.resourceUsage().maxRSS)
const { status, engine, steps, updates } = trainSgd(data, options)
const peak = megabytes(process.resourceUsage().maxRSS)
console.log(JSON.stringify({ status, engine, steps, updates, before, peak }))
