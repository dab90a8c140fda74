import { className, attentionWeights, type PermutedScene } from './permuted-scene.js'

interface Props {
  readonly scene: PermutedScene
  /** selected object, −1: none */
  readonly look: number
  /** its attention on each object */
  readonly weights: readonly number[] | undefined
  readonly trained: boolean
}

/** To whom an object attends, in numbers. */
export function AttentionList({ scene, look, weights, trained }: Props) {
  const name = (i: number): string => `${i + 1} ${className(scene.classes[i])}`
  const n = scene.boxes.length
  if (look >= n)
    return (
      <p class="hint">
        This scene has {n} objects; there is no object {look + 1} to look at.
      </p>
    )
  if (look < 0 || !weights)
    return (
      <p class="hint">
        {trained
          ? 'Point at an object, or move to its label with Tab, to see to whom it attends.'
          : 'Once the networks are trained, each object shows to whom it attends.'}
      </p>
    )
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return (
    <div class="attention">
      <h2 id="attention">Attention of object {name(look)}</h2>
      <ol aria-labelledby="attention">
        {attentionWeights(weights, look).map(({ to, weight }) => (
          <li key={to}>
            <span>{name(to)}</span>
            <meter min={0} max={1} value={weight} aria-hidden="true" />
            <b>{weight.toFixed(3)}</b>
          </li>
        ))}
      </ol>
      <p class="hint">
        Together {sum.toFixed(3)}: how the summary of this object is made up of the others, in the
        mean over features. Escape lets go of it.
      </p>
    </div>
  )
}
