import { themes } from '@nonconvex/experiments/figure'
import { render } from 'preact'
import { useRef } from 'preact/hooks'
import { PlainButton } from '../view/exports.js'
import { PictureExports } from '../view/picture-exports.js'
import { unitsPerRem } from '../view/place-svg.js'
import { useCopy } from '../view/use-copy.js'
import { useWidth } from '../view/use-width.js'
import { beginGesture, commit, edit } from '../state/route.js'
import { LEAST_OBJECTS } from './demo.js'
import { deleteObject } from './edit-part.js'
import { formatEdits, withMoved, type Edits } from './edits.js'
import type { MoveBy } from './use-object-drag.js'
import { correctCount, shownScene, type PermutedScene } from './permuted-scene.js'
import { selectObject } from './selection.js'
import type { Predictions } from './messages.js'
import { modelName } from './model-names.js'
import { pageColors } from './colors.js'
import { fontWidth } from './tag-layout.js'
import { ScenePicture } from './scene-picture.js'
import type { ScenesParams } from './params.js'

interface Props {
  readonly scene: PermutedScene
  readonly params: ScenesParams
  readonly address: string
  readonly predictions: Predictions | undefined
  /** selected object, −1: none */
  readonly look: number
  /** of that object, once there is any */
  readonly weights: readonly number[] | undefined
  /** the pointer is on an object, −1: on none */
  readonly onHover: (i: number) => void
  readonly edits: Edits
  /** as they were made, in the order of the page */
  readonly objects: readonly number[]
}

/** Units of a picture for paper. */
const paperWidth = 640

/** The picture of the scene, drawn for its width and theme, with its downloads. */
export function SceneFigure({
  scene,
  params,
  address,
  predictions,
  look,
  weights,
  onHover,
  edits,
  objects,
}: Props) {
  const box = useRef<HTMLDivElement>(null)
  const width = Math.floor(useWidth(box) * unitsPerRem)
  const { status, copyLink } = useCopy()
  const { labels } = params
  const shown = shownScene(scene, labels, predictions)
  const picture = {
    scene,
    shown,
    selected: look,
    weights,
    counted: predictions !== undefined && labels !== 'true',
  }
  const taken = useRef({ x: 0, y: 0 })
  const move: MoveBy = (i, by, how) => {
    const [x, y] = scene.boxes[i]
    if (how === 'take') taken.current = { x, y }
    if (how === 'take') return
    const from = how === 'key' ? { x, y } : taken.current
    edit(
      'edit',
      formatEdits(movedTo(edits, scene, objects[i] + 1, i, from.x + by.x, from.y + by.y)),
    )
    if (how === 'drag') return
    if (how === 'drop') beginGesture()
    commit('move')
  }
  const remove = (i: number) => {
    if (objects.length > LEAST_OBJECTS) deleteObject(edits, objects[i] + 1)
  }
  const svg = (): Promise<string> => {
    const paper = document.createElement('div')
    const forPaper = { width: paperWidth, theme: themes.light, fontWidth: fontWidth.anywhere }
    render(<ScenePicture {...picture} {...forPaper} />, paper)
    const drawn = paper.firstElementChild
    return Promise.resolve(drawn ? new XMLSerializer().serializeToString(drawn) : '')
  }
  return (
    <figure>
      <div class="drawing" ref={box}>
        {width > 0 && (
          <ScenePicture
            {...picture}
            width={width}
            theme={pageColors}
            onHover={onHover}
            onSelect={selectObject}
            onMove={move}
            onDelete={remove}
          />
        )}
      </div>
      <figcaption>
        <span>{captionOf(scene, params, predictions, weights !== undefined)}</span>
        <PictureExports name={`${scene.id}-${labels}`} svg={svg} />
        <PlainButton
          name="copy link"
          onPress={() => {
            copyLink(address)
          }}
        />
        <span class="status" role="status">
          {status}
        </span>
      </figcaption>
    </figure>
  )
}

/** Inside the image. */
function movedTo(
  edits: Edits,
  { boxes, width, height }: PermutedScene,
  object: number,
  i: number,
  x: number,
  y: number,
): Edits {
  const [x1, y1, x2, y2] = boxes[i]
  const within = (at: number, most: number) => Math.max(0, Math.min(at, most))
  return withMoved(edits, object, within(x, width - (x2 - x1)), within(y, height - (y2 - y1)))
}

function captionOf(
  scene: PermutedScene,
  { labels }: ScenesParams,
  predictions: Predictions | undefined,
  attention: boolean,
): string {
  const n = scene.boxes.length
  const where = `Scene ${scene.id}, ${n} objects: `
  const lines = attention
    ? 'Arrows: attention weights of the invariant network.'
    : labels === 'ordered' && predictions
      ? 'This network labels objects only.'
      : 'Arrows: relations, from subject to object.'
  if (labels === 'true' || !predictions) return `${where}true labels. ${lines}`
  return `${where}${modelName[labels]}, ${correctCount(predictions[labels], scene)} of ${n} correct. ${lines}`
}
