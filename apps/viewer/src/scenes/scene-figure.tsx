import { themes } from '@nonconvex/experiments/figure'
import { render } from 'preact'
import { useRef } from 'preact/hooks'
import { formatAddress } from '../state/address.js'
import { Take } from '../view/exports.js'
import { PictureExports } from '../view/picture-exports.js'
import { useCopy } from '../view/use-copy.js'
import { useWidth } from '../view/use-width.js'
import { rightCount, shownScene, type Listed } from './listed.js'
import { lookAtObject } from './look.js'
import type { Answers } from './messages.js'
import { modelName } from './model-names.js'
import { pageColours } from './page-colours.js'
import { letterWidth } from './place-tags.js'
import { ScenePicture } from './scene-picture.js'
import { scenes, type ScenesParams } from './scenes.js'

interface Props {
  readonly scene: Listed
  readonly params: ScenesParams
  readonly seed: number
  readonly answers: Answers | undefined
  /** object whose attention is asked for, −1: none */
  readonly look: number
  /** of that object, once there is any */
  readonly shares: readonly number[] | undefined
  /** the pointer is on an object, −1: on none */
  readonly onPoint: (i: number) => void
}

/** A picture's units in a rem, as in the figures of experiments. */
const unitsPerRem = 11 / 0.78
/** Units of a picture for paper. */
const paperWidth = 640

/** The picture of the scene, drawn for its width and theme, with what can be taken away. */
export function SceneFigure({ scene, params, seed, answers, look, shares, onPoint }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const width = Math.floor(useWidth(box) * unitsPerRem)
  const { said, copy } = useCopy()
  const { labels } = params
  const shown = shownScene(scene, labels, answers)
  const picture = {
    scene,
    shown,
    looking: look,
    shares,
    counted: answers !== undefined && labels !== 'true',
  }
  const svg = (): Promise<string> => {
    const paper = document.createElement('div')
    const forPaper = { width: paperWidth, theme: themes.light, letter: letterWidth.anywhere }
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
            theme={pageColours}
            onPoint={onPoint}
            onLook={lookAtObject}
          />
        )}
      </div>
      <figcaption>
        <span>{captionOf(scene, params, answers, shares !== undefined)}</span>
        <PictureExports name={`${scene.id}-${labels}`} svg={svg} />
        <Take
          name="copy link"
          onTake={() => {
            copy('link', new URL(formatAddress(scenes, params, seed), location.href).href)
          }}
        />
        <span class="said" role="status">
          {said}
        </span>
      </figcaption>
    </figure>
  )
}

function captionOf(
  scene: Listed,
  { labels }: ScenesParams,
  answers: Answers | undefined,
  attention: boolean,
): string {
  const n = scene.boxes.length
  const where = `Scene ${scene.id}, ${n} objects: `
  const lines = attention
    ? 'Arrows: the attention of the invariant network.'
    : labels === 'ordered' && answers
      ? 'This network labels objects only.'
      : 'Arrows: relations, from subject to object.'
  if (labels === 'true' || !answers) return `${where}the true labels. ${lines}`
  return `${where}${modelName[labels]}, right: ${rightCount(answers[labels], scene)} of ${n}. ${lines}`
}
