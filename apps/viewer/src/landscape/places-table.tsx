import { themes } from '@nonconvex/experiments/figure'
import { theme } from '../state/theme.js'
import { numberText } from '../state/text.js'
import { glyph } from './glyph.js'
import type { Place, PlaceKind, Places } from './places.js'
import { ShapeMark } from './shape-mark.js'
import { pointText } from './words.js'

/** The critical points, each with its mark in the picture and with how it is known. */
export function PlacesTable({ known: { places, completeness } }: { known: Places }) {
  return (
    <section class="places">
      <h2>Critical points</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="Table: critical points">
        <table>
          <thead>
            <tr>
              <th scope="col">kind</th>
              <th scope="col">w</th>
              <th scope="col" class="number">
                loss
              </th>
              <th scope="col" class="number">
                gradient
              </th>
              <th scope="col">Hessian eigenvalues</th>
              <th scope="col">how it is known</th>
            </tr>
          </thead>
          <tbody>
            {places.map((place) => (
              <Row key={`${place.kind} ${place.at.x} ${place.at.y}`} place={place} />
            ))}
          </tbody>
        </table>
      </div>
      <p class="note">{completeness}</p>
    </section>
  )
}

function Row({ place: { kind, at, loss, slope, known } }: { place: Place }) {
  return (
    <tr>
      <td class="name">
        <PlaceMark kind={kind} />
        {kind}
      </td>
      <td>{pointText(at)}</td>
      <td class="number">{numberText(loss, 4)}</td>
      <td class="number">{slope ? numberText(Math.hypot(...slope.gradient), 2) : 'none'}</td>
      <td>{slope ? slope.eigenvalues.map((x) => numberText(tidy(x), 3)).join(', ') : 'none'}</td>
      <td class="sentence">{known}</td>
    </tr>
  )
}

/** Eigenvalues are known to about 1e−15: what is nearer to 0 is shown as 0. */
function tidy(eigenvalue: number): number {
  return Math.abs(eigenvalue) < 1e-14 ? 0 : eigenvalue
}

function PlaceMark({ kind }: { kind: PlaceKind }) {
  return <ShapeMark shape={glyph(kind, 8, 8, 5.4, themes[theme.value])} />
}
