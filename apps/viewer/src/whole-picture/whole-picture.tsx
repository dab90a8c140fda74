import '../style/by-hand.css'
import '../style/bars.css'
import '../style/whole-picture.css'
import { useMemo, useRef } from 'preact/hooks'
import { personOnBoard } from '@nonconvex/structured/pairwise'
import { Bars, type BarScale } from '../explore/bars.js'
import type { ExplorerProps } from '../explore/explorer.js'
import { beginGesture, commit, edit } from '../state/route.js'
import { numberText } from '../state/text.js'
import { useWidth } from '../view/use-width.js'
import { namesOf, seen, type Seen } from './model.js'
import { parts, scoreRange, type WholePictureParams } from './params.js'

/** Scores of the parts as bars, the scores of pairs as tables, and all labelings of the whole. */
export function WholePicture({ params }: ExplorerProps<WholePictureParams>) {
  const found = useMemo(() => seen(params), [params])
  const box = useRef<HTMLDivElement>(null)
  const room = useWidth(box)
  const rem = room > 0 ? parseFloat(getComputedStyle(document.documentElement).fontSize) : 16
  // three charts in a row where each label has room for its name, else one below the other
  const wide = room > 36
  const width = (count: number) =>
    Math.floor(rem * (wide ? ((Math.min(50, room) - 3) * count) / 7 : Math.min(24, room)))
  return (
    <div class="whole-picture by-hand">
      <div class="picture" ref={box}>
        {room > 0 && (
          <>
            <h2>What each part looks like: scores θᵢ</h2>
            <div class="parts">
              {parts.map(([part, count], i) => (
                <section key={part} aria-label={part}>
                  <h3>{part}</h3>
                  <Bars
                    label={`Scores of the ${part}`}
                    names={personOnBoard.names[i]}
                    values={params[part]}
                    range={scoreRange}
                    width={width(count)}
                    height={wide ? 180 : 130}
                    tone="seen"
                    onChange={(next, how) => {
                      edit(part, next.join(', '))
                      if (how === 'drag') return
                      if (how === 'drop') beginGesture()
                      commit(part)
                    }}
                  >
                    {(scale) => <Flips at={found.flips[i]} scale={scale} />}
                  </Bars>
                  <Probabilities found={found} i={i} />
                </section>
              ))}
            </div>
            <p class="key">
              <svg width="26" height="8" aria-hidden="true">
                <g class="flips">
                  <line x1="0" x2="26" y1="4" y2="4" />
                </g>
              </svg>{' '}
              where the answer for the whole picture flips
            </p>
            <p class="remark" role="status">
              {statement(found)}
            </p>
            <div class="sums">
              <h2>The whole: all 12 labelings</h2>
              <Labelings found={found} />
              <h2>What goes together: scores c θᵢⱼ of pairs</h2>
              <div class="pairs">
                {personOnBoard.edges.map((_, e) => (
                  <PairTable key={e} found={found} e={e} />
                ))}
              </div>
            </div>
          </>
        )}
      </div>
      <p class="note">
        The score of a labeling is the sum of its scores above and of its three pairs; its
        probability is e to that score, divided by the sum over all 12. The outlined pairs are those
        of the most probable labeling. All numbers are exact, by enumeration.
      </p>
    </div>
  )
}

/** A dashed line in each column at the score that changes the best labeling. */
function Flips({ at, scale }: { at: Seen['flips'][number]; scale: BarScale }) {
  return (
    <g class="flips">
      {at.map(
        (value, a) =>
          value !== undefined &&
          value >= scoreRange.min &&
          value <= scoreRange.max && (
            <line
              key={a}
              x1={(a + 0.06) * scale.column}
              x2={(a + 0.94) * scale.column}
              y1={scale.y(value)}
              y2={scale.y(value)}
            />
          ),
      )}
    </g>
  )
}

const percent = (p: number): string => `${(100 * p).toFixed(1)} %`

/** Probabilities of the labels of a part, alone and in the whole. */
function Probabilities({ found, i }: { found: Seen; i: number }) {
  const [alone, whole] = [found.alone[i], found.whole[i]]
  const best = (p: readonly number[], a: number) => (p[a] === Math.max(...p) ? ' best' : '')
  return (
    <table class="chances">
      <thead>
        <tr>
          <th scope="col">probability</th>
          <th scope="col" class="number">
            alone
          </th>
          <th scope="col" class="number">
            whole
          </th>
        </tr>
      </thead>
      <tbody>
        {personOnBoard.names[i].map((name, a) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class={`number${best(alone, a)}`}>{percent(alone[a])}</td>
            <td class={`number measured${best(whole, a)}`}>{percent(whole[a])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** All labelings by falling probability. */
function Labelings({ found: { ranked, rankOfLocal } }: { found: Seen }) {
  const most = ranked[0].p
  return (
    <table class="labelings">
      <thead>
        <tr>
          <th scope="col">labeling</th>
          <th scope="col" class="number">
            score
          </th>
          <th scope="col">probability</th>
        </tr>
      </thead>
      <tbody>
        {ranked.map(({ y, score, p }, r) => (
          <tr key={y.join()} class={r === 0 ? 'first' : ''}>
            <th scope="row">
              {namesOf(y).join(', ')}
              {r === rankOfLocal && <span class="alone"> each part alone</span>}
            </th>
            <td class="number">{numberText(score, 3)}</td>
            <td>
              <svg
                class="chance"
                viewBox="0 0 100 10"
                preserveAspectRatio="none"
                aria-hidden="true"
              >
                <rect width={(100 * p) / most} height="10" />
              </svg>
              {percent(p)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The scores of the labels of two parts as a pair; that of the best labeling is outlined. */
function PairTable({ found, e }: { found: Seen; e: number }) {
  const [i, j] = personOnBoard.edges[e]
  const [rows, cols] = [personOnBoard.names[i], personOnBoard.names[j]]
  const { y } = found.ranked[0]
  return (
    <table class="pair">
      <caption>
        {personOnBoard.parts[i]} and {personOnBoard.parts[j]}
      </caption>
      <thead>
        <tr>
          <td />
          {cols.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((name, a) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {cols.map((other, b) => {
              const score = found.pair[e][a * cols.length + b]
              const side = score > 0 ? ' likely' : score < 0 ? ' unlikely' : ''
              return (
                <td key={other} class={`number${side}${y[i] === a && y[j] === b ? ' chosen' : ''}`}>
                  {score > 0 ? '+' : ''}
                  {numberText(score, 2)}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What the parts say, and what the whole says. */
function statement({ local, ranked, rankOfLocal }: Seen): string {
  const [first] = ranked
  const [parts, whole] = [namesOf(local).join(', '), namesOf(first.y).join(', ')]
  return rankOfLocal === 0
    ? `Each part alone says ${parts}, and so does the whole picture, with probability ${percent(first.p)}.`
    : `Each part alone says ${parts}, which has only rank ${rankOfLocal + 1} of 12 and probability ${percent(ranked[rankOfLocal].p)}. The whole picture says ${whole}, with probability ${percent(first.p)}.`
}
