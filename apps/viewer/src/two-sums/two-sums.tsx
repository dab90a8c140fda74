import '../style/two-sums.css'
import { useMemo, useRef, useState } from 'preact/hooks'
import { permuteGraph } from '@nonconvex/structured'
import type { ExplorerProps } from '../explore/explorer.js'
import { numberText } from '../state/text.js'
import { edgesOf, graphWith, sumsOf } from './model.js'
import type { TwoSumsParams } from './params.js'

const [WIDTH, HEIGHT, RADIUS] = [520, 340, 26]
type Place = readonly [number, number]
const moves: { readonly [key: string]: Place } = {
  ArrowLeft: [-10, 0],
  ArrowRight: [10, 0],
  ArrowUp: [0, -10],
  ArrowDown: [0, 10],
}

/** A graph whose nodes are dragged, with the inner sum of each node, and the sums of attention. */
export function TwoSums({ params }: ExplorerProps<TwoSumsParams>) {
  const { graph, n, features } = params
  const edges = useMemo(() => edgesOf(graph, n), [graph, n])
  const z = useMemo(
    () => Array.from({ length: n }, (_, i) => (features === 'all 1' ? 1 : i + 1)),
    [n, features],
  )
  const own = graphWith(z, edges)
  const before = sumsOf(own, params, false)
  const [turned, setTurned] = useState({ n, by: 0 })
  const turn = turned.n === n ? turned.by : 0
  // node i is number current[i] of the permuted graph
  const current = z.map((_, i) => (i + turn) % n)
  const moved = permuteGraph(
    own,
    z.map((_, i) => (i + n - turn) % n),
  )
  const sums = sumsOf(moved, params, false)
  const attention = sumsOf(moved, params, true)
  const isPermuted = turn !== 0
  const largest = Math.max(
    ...before.outputs.map((output, i) => Math.abs(sums.outputs[current[i]] - output)),
  )
  return (
    <div class="two-sums by-hand">
      <div class="picture">
        <Graph {...{ z, edges, graph }} names={current} inner={current.map((i) => sums.inner[i])} />
        <dl class="readings" aria-live="polite">
          <div data-method="sum">
            <dt>sum: s of node {current[0] + 1}, then g</dt>
            <dd class="measured">
              {numberText(sums.inner[current[0]], 4)}, {numberText(sums.outer, 4)}
            </dd>
          </div>
          <div data-method="attention">
            <dt>attention: weighted mean of φ, then g</dt>
            <dd>
              {numberText(attention.inner[current[0]], 4)}, {numberText(attention.outer, 4)}
            </dd>
          </div>
          <div>
            <dt>outputs F(z), by sums</dt>
            <dd>{current.map((i) => numberText(sums.outputs[i], 4)).join(', ')}</dd>
          </div>
        </dl>
        <div class="tools">
          <button
            type="button"
            class="strong"
            onClick={() => {
              // the cycle moves every node
              setTurned({ n, by: (turn + 1) % n })
            }}
          >
            Permute the nodes
          </button>
          {isPermuted && (
            <button
              type="button"
              class="plain"
              onClick={() => {
                setTurned({ n, by: 0 })
              }}
            >
              original order
            </button>
          )}
        </div>
      </div>
      <p class="remark" role="status">
        {isPermuted
          ? `Permuted: the outputs move with their nodes; the largest difference is ${numberText(largest, 2)}.`
          : `Node 1 has ${edges.filter((edge) => edge.includes(0)).length} of ${n - 1} possible neighbors.`}
      </p>
      <p class="note">
        The number in a node is its feature z, the number beside it the inner sum s. Attention has
        the weights softmax(zᵢ zⱼ) over the neighbors j of i. Drag the nodes, or move them with the
        arrow keys: sums do not depend on where a node is drawn.
      </p>
    </div>
  )
}

interface GraphProps {
  readonly z: readonly number[]
  readonly edges: readonly (readonly [number, number])[]
  readonly graph: TwoSumsParams['graph']
  /** the number of each node in the order that is summed over */
  readonly names: readonly number[]
  readonly inner: readonly number[]
}

function Graph({ z, edges, graph, names, inner }: GraphProps) {
  const [dragged, setDragged] = useState<{ readonly [key: string]: Place }>({})
  const held = useRef<number>(undefined)
  const key = (i: number) => `${graph} ${z.length} ${i}`
  const places = z.map((_, i) => dragged[key(i)] ?? placeOf(graph, z.length, i))
  const put = (i: number, [x, y]: Place) => {
    const inside = (value: number, most: number) => Math.min(most - 30, Math.max(30, value))
    setDragged((all) => ({ ...all, [key(i)]: [inside(x, WIDTH), inside(y, HEIGHT)] }))
  }
  return (
    <svg
      class="graph"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="group"
      aria-label={`A ${graph} of ${z.length} nodes`}
      onPointerMove={(event) => {
        if (held.current === undefined) return
        const box = event.currentTarget.getBoundingClientRect()
        put(held.current, [
          ((event.clientX - box.left) * WIDTH) / box.width,
          ((event.clientY - box.top) * HEIGHT) / box.height,
        ])
      }}
      onPointerUp={() => {
        held.current = undefined
      }}
      onPointerCancel={() => {
        held.current = undefined
      }}
    >
      {edges.map(([a, b]) => (
        <line
          key={`${a} ${b}`}
          x1={places[a][0]}
          y1={places[a][1]}
          x2={places[b][0]}
          y2={places[b][1]}
        />
      ))}
      {places.map(([x, y], i) => (
        <g
          key={i}
          class="node"
          tabindex={0}
          role="application"
          aria-roledescription="node"
          aria-label={`Node ${names[i] + 1}: z = ${numberText(z[i])}, s = ${numberText(inner[i], 4)}; arrow keys move it`}
          transform={`translate(${x.toFixed(1)} ${y.toFixed(1)})`}
          onPointerDown={(event) => {
            held.current = i
            event.currentTarget.ownerSVGElement?.setPointerCapture(event.pointerId)
          }}
          onKeyDown={(event) => {
            const move = moves[event.key]
            if (!move) return
            event.preventDefault()
            put(i, [x + move[0], y + move[1]])
          }}
        >
          <circle r={RADIUS} />
          <text y={6}>{numberText(z[i])}</text>
          <text class="name" x={-RADIUS + 2} y={-RADIUS + 4}>
            {names[i] + 1}
          </text>
          <text class="inner" x={RADIUS + 1} y={-RADIUS + 8}>
            s = {numberText(inner[i], 4)}
          </text>
        </g>
      ))}
    </svg>
  )
}

/** Where a node is drawn at first: on an ellipse, the middle of a star in it. */
function placeOf(graph: TwoSumsParams['graph'], n: number, i: number): Place {
  if (graph === 'star' && i === 0) return [WIDTH / 2, HEIGHT / 2]
  const [at, of] = graph === 'star' ? [i - 1, n - 1] : [i, n]
  if (graph === 'path')
    return [50 + (at * (WIDTH - 130)) / (of - 1), HEIGHT / 2 + (at % 2) * 60 - 30]
  const angle = (2 * Math.PI * at) / of - Math.PI / 2
  return [WIDTH / 2 + 190 * Math.cos(angle), HEIGHT / 2 + 118 * Math.sin(angle)]
}
