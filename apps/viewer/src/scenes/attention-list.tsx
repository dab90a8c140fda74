import { className, attentionWeights, type PermutedScene } from './permuted-scene.js'

interface Props {
  readonly scene: PermutedScene
  /** selected object, −1: none */
  readonly look: number
  /** its attention on each object */
  readonly weights: readonly number[] | undefined
  readonly trained: boolean
}

/** The attention weights of an object. */
export function AttentionList({ scene, look, weights, trained }: Props) {
  const name = (i: number): string => `${i + 1} ${className(scene.classes[i])}`
  const n = scene.boxes.length
  if (look >= n)
    return (
      <p class="hint">
        This scene has {n} objects; there is no object {look + 1}.
      </p>
    )
  if (look < 0 || !weights)
    return (
      <p class="hint">
        {trained
          ? 'Point at an object, or focus its label with Tab, to show its attention weights. Drag it, or press the arrow keys on its label, to move it; Delete removes it.'
          : 'Train the networks to show the attention weights of an object.'}
      </p>
    )
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return (
    <div class="attention">
      <h2 id="attention">Attention weights of object {name(look)}</h2>
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
        Sum {sum.toFixed(3)}: the weights of the other objects in the summary of this object,
        averaged over features. Escape clears the selection.
      </p>
    </div>
  )
}
