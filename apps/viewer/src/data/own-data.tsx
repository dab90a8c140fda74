import '../style/by-hand.css'
import '../style/separable.css'
import '../style/own-data.css'
import { useEffect, useState } from 'preact/hooks'
import type { ExplorerProps } from '../explore/explorer.js'
import { Verdicts } from '../view/verdicts.js'
import { DataDownloads } from './data-downloads.js'
import { DataFacts } from './data-facts.js'
import { DataPicture } from './data-picture.js'
import { exampleSource } from './example.js'
import type { DataProgress, DataSource } from './messages.js'
import type { DataParams } from './params.js'
import { createDataSession } from './session.js'
import { SourceField } from './source-field.js'

const session = createDataSession()

/** So long the form rests, in milliseconds, before the analysis begins anew. */
const PAUSE = 300

/** A file of examples, and everything that is certified of it. */
export function OwnData({ params, seed, address }: ExplorerProps<DataParams>) {
  const [source, setSource] = useState<DataSource>(
    () => session.last.value?.source ?? exampleSource(),
  )
  const key = JSON.stringify([params, seed])
  useEffect(() => {
    const done = session.last.value
    const same = done?.source === source && JSON.stringify([done.job.params, done.job.seed]) === key
    if (same && session.work.value.kind === 'done') return undefined
    const rest = done?.source === source ? PAUSE : 0
    const asked = setTimeout(() => {
      session.analyze(source, { params, seed })
    }, rest)
    return () => {
      clearTimeout(asked)
    }
  }, [source, key])
  useEffect(
    () => () => {
      session.stop()
    },
    [],
  )
  const work = session.work.value
  const last = session.last.value
  return (
    <div class="own-data by-hand">
      <div class="picture">
        <SourceField source={source} onPick={setSource} />
        <p class="remark" role="status">
          {work.kind === 'running' && progressText(work.progress)}
          {work.kind === 'stopped' && 'Stopped.'}{' '}
          {work.kind === 'running' && (
            <button
              type="button"
              class="plain"
              onClick={() => {
                session.stop()
              }}
            >
              Stop
            </button>
          )}
        </p>
        {work.kind === 'failed' && (
          <p class="error" role="alert">
            {work.message}
          </p>
        )}
        {last && work.kind !== 'failed' && (
          <div class={work.kind === 'running' ? 'found dimmed' : 'found'}>
            <DataPicture answer={last.answer} />
            <DataFacts answer={last.answer} name={last.source.name} />
          </div>
        )}
      </div>
      {last && work.kind !== 'failed' && (
        <>
          <Verdicts verdicts={last.answer.fit.verdicts} running={work.kind === 'running'} />
          <DataDownloads {...last} address={address} />
        </>
      )}
    </div>
  )
}

function progressText(progress: DataProgress | undefined): string {
  switch (progress?.stage) {
    case undefined:
      return 'Reading…'
    case 'reading':
      return `Reading: ${progress.rows.toLocaleString('en-US')} examples…`
    case 'separability':
      return 'Deciding separability…'
    case 'training':
      return `Training, k = ${progress.k}: ${progress.sgd.updates.toLocaleString('en-US')} updates in ${progress.sgd.step.toLocaleString('en-US')} steps…`
    case 'out-of-reach':
      return `The bound on the updates is out of reach; training stops after ${progress.maxSteps.toLocaleString('en-US')} steps…`
    case 'starting':
    case 'measuring':
      return `Training, k = ${progress.k}…`
    case 'comparing':
    case 'replaying':
      return 'Comparing the guarantees…'
  }
}
