import { stream } from '@nonconvex/tensor'
import type { DataSource } from './messages.js'

/** Two kinds of things with three features, which a plane separates: what the page opens with. */
export function exampleSource(): DataSource {
  const draws = stream(1).child('example')
  const rows = Array.from({ length: 400 }, (_, i) => {
    const tall = i % 2 === 0
    const [width, height, depth] = [
      (tall ? 2 : 3.4) + 0.25 * draws.normal(),
      (tall ? 5 : 3) + 0.3 * draws.normal(),
      1.5 + 0.5 * draws.normal(),
    ].map((value) => value.toFixed(2))
    return `${width},${height},${depth},${tall ? 'tall' : 'wide'}`
  })
  return { name: 'example.csv', content: ['width,height,depth,kind', ...rows, ''].join('\n') }
}
