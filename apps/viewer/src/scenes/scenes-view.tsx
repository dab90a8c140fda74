import { useEffect, useMemo, useState } from 'preact/hooks'
import type { ExplorerProps } from '../explore/explorer.js'
import { AttentionList } from './attention-list.js'
import { CheckPart } from './check-part.js'
import { createClient } from './client.js'
import { keptObjects, LEAST_OBJECTS, orderOf, testScene } from './demo.js'
import { EditButtons } from './edit-part.js'
import { editsOf } from './edits.js'
import { LabelsTable } from './labels-table.js'
import { permutedScene } from './permuted-scene.js'
import { selectObject, useEscape } from './selection.js'
import { ModelsPart } from './models-part.js'
import { RelationsList } from './relations-list.js'
import { SceneFigure } from './scene-figure.js'
import type { ScenesParams } from './params.js'
import { createSession } from './session.js'
import { settingsOf } from './settings.js'
import { ShuffleButtons, ShufflePart } from './shuffle-part.js'
import { TrainBar } from './train-bar.js'

const session = createSession(createClient(), () => performance.now())

/** A scene with the labels of the models, the order of its objects, and what is predicted of them. */
export function ScenesView({ params, seed, address }: ExplorerProps<ScenesParams>) {
  const { scene: t, shuffle, labels, edit: editText } = params
  const settings = useMemo(() => settingsOf(seed), [seed])
  const edits = useMemo(() => editsOf(editText, t), [editText, t])
  const all = useMemo(() => testScene(settings, t).boxes.length, [settings, t])
  const gone = edits.deleted.join()
  // objects that were not deleted, in the order of the page: as they were made, and by their new numbers
  const { objects, order } = useMemo(() => {
    const kept = keptObjects(all, edits)
    const objects = orderOf(seed, t, shuffle, all).filter((from) => kept.includes(from))
    return { objects, order: objects.map((from) => kept.indexOf(from)) }
  }, [seed, t, shuffle, all, gone])
  const scene = useMemo(
    () => permutedScene(testScene(settings, t, edits), order),
    [settings, t, edits, order],
  )
  const ready = session.ready.value
  useEffect(() => {
    if (session.work.peek().kind === 'none' && !session.ready.peek()) session.load()
  }, [])
  useEffect(() => {
    if (ready) session.ask({ seed, scene: t, edits, order })
  }, [ready, seed, t, edits, order])
  // What is shown belongs to these objects in this order, or is not shown; while one is moved, its labels
  // follow.
  const predicted = session.predicted.value
  const fits = ready && predicted?.query.order === order
  const predictions = fits ? predicted.predictions : undefined
  const [pointed, setPointed] = useState(-1)
  useEscape(() => {
    setPointed(-1)
    if (params.look > 0) selectObject(-1)
  })
  const n = scene.boxes.length
  const chosen = params.look <= n ? params.look - 1 : -1
  const look = pointed >= 0 && pointed < n ? pointed : chosen
  const weights = look < 0 ? undefined : predictions?.joint.attention?.[look]
  const ordered = params.ordered || labels === 'ordered'
  return (
    <div class="scenes">
      <TrainBar session={session} settings={settings}>
        <ShuffleButtons objects={objects} count={all} params={params} seed={seed} />
        <EditButtons
          edits={edits}
          selected={chosen < 0 ? undefined : { shown: chosen + 1, object: objects[chosen] + 1 }}
          canDelete={n > LEAST_OBJECTS}
        />
      </TrainBar>
      <SceneFigure
        scene={scene}
        params={params}
        address={address}
        predictions={predictions}
        look={look}
        weights={weights}
        onHover={setPointed}
        edits={edits}
        objects={objects}
      />
      <ShufflePart objects={objects} params={params} predictions={predictions} ordered={ordered} />
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
      <ModelsPart settings={settings} trainedSeed={ready?.seed ?? seed} ordered={ordered} />
    </div>
  )
}
