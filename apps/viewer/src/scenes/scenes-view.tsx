import { findExperiment } from '@nonconvex/experiments'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { ExplorerProps } from '../explore/explorer.js'
import { AttentionList } from './attention-list.js'
import { CheckPart } from './check-part.js'
import { createClient } from './client.js'
import { experiment, orderOf, testScene } from './demo.js'
import { LabelsTable } from './labels-table.js'
import { permutedScene } from './permuted-scene.js'
import { selectObject, useEscape } from './selection.js'
import type { Settings } from './messages.js'
import { ModelsPart } from './models-part.js'
import { RelationsList } from './relations-list.js'
import { SceneFigure } from './scene-figure.js'
import type { ScenesParams } from './params.js'
import { createSession } from './session.js'
import { ShuffleButtons, ShufflePart } from './shuffle-part.js'
import { TrainBar } from './train-bar.js'

const session = createSession(createClient(), () => performance.now())

/** Those of the experiment's quick preset, so that it speaks of these very networks. */
function settingsOf(seed: number): Settings {
  const demo = findExperiment(experiment)
  const params = demo.params.parse({ ...demo.presets.quick }) as Omit<Settings, 'seed'>
  const { train, test, steps, hidden, inner, relation } = params
  return { seed, train, test, steps, hidden, inner, relation }
}

/** A scene with the labels of the models, the order of its objects, and what is predicted of them. */
export function ScenesView({ params, seed, address }: ExplorerProps<ScenesParams>) {
  const { scene: t, shuffle, labels } = params
  const { made, scene, order, settings } = useMemo(() => {
    const settings = settingsOf(seed)
    const made = testScene(settings, t)
    const order = orderOf(seed, t, shuffle, made.boxes.length)
    return { settings, made, order, scene: permutedScene(made, order) }
  }, [seed, t, shuffle])
  const ready = session.ready.value?.seed === seed ? session.ready.value : undefined
  useEffect(() => {
    if (ready) session.ask({ scene: t, order })
  }, [ready, t, order])
  // What is shown belongs to this scene in this order, or is not shown.
  const predicted = session.predicted.value
  const fits = ready && predicted?.seed === seed && predicted.query.order === order
  const predictions = fits ? predicted.predictions : undefined
  const [pointed, setPointed] = useState(-1)
  useEscape(() => {
    setPointed(-1)
    if (params.look > 0) selectObject(-1)
  })
  const n = made.boxes.length
  const chosen = params.look <= n ? params.look - 1 : -1
  const look = pointed >= 0 && pointed < n ? pointed : chosen
  const weights = look < 0 ? undefined : predictions?.joint.attention?.[look]
  const ordered = params.ordered || labels === 'ordered'
  return (
    <div class="scenes">
      <TrainBar session={session} settings={settings}>
        <ShuffleButtons order={order} params={params} seed={seed} />
      </TrainBar>
      <SceneFigure
        scene={scene}
        params={params}
        address={address}
        predictions={predictions}
        look={look}
        weights={weights}
        onHover={setPointed}
      />
      <ShufflePart order={order} params={params} predictions={predictions} ordered={ordered} />
      <AttentionList
        scene={scene}
        look={look < 0 ? params.look - 1 : look}
        weights={weights}
        trained={ready !== undefined}
      />
      <LabelsTable
        scene={scene}
        predictions={predictions}
        ready={ready}
        labels={labels}
        ordered={ordered}
        look={look}
      />
      <RelationsList scene={scene} labels={labels} predictions={predictions} />
      <CheckPart session={session} ready={ready} ordered={ordered} />
      <ModelsPart settings={settings} ordered={ordered} />
    </div>
  )
}
