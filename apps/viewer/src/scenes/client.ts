import { proxy, type Remote } from 'comlink'
import { handleOf, type WorkerHandle } from '../work/worker-handle.js'
import type {
  Predictions,
  CheckReport,
  Model,
  Progress,
  Query,
  ScenesWorker,
  Settings,
  Trained,
} from './messages.js'

/** The models, away from the page's thread. What was asked before `stop` never settles. */
export interface Client {
  /** the networks that come with the page */
  shipped(): Promise<{ readonly settings: Settings; readonly trained: Trained }>
  train(settings: Settings, onProgress: (progress: Progress) => void): Promise<Trained>
  /** of the models that were trained last */
  ask(query: Query): Promise<Predictions>
  check(model: Model): Promise<CheckReport>
  /** ends the work at once, whatever it is doing; the models that were trained stay */
  stop(): void
}

/** A client whose worker is started when it is needed. */
export function createClient(): Client {
  let handle: WorkerHandle<ScenesWorker> | undefined
  let last: { readonly settings: Settings; readonly trained: Trained } | undefined
  const stop = () => {
    handle?.end()
    handle = undefined
  }
  const work = async <T>(of: (remote: Remote<ScenesWorker>) => Promise<T>): Promise<T> => {
    const fresh = handle === undefined
    const { remote, failure } = (handle ??= startWorker())
    try {
      if (fresh && last) await Promise.race([remote.load(last.settings, last.trained), failure])
      return await Promise.race([of(remote), failure])
    } catch (error) {
      // what failed may be the worker itself
      stop()
      throw error
    }
  }
  return {
    async shipped() {
      last = await work((remote) => remote.shipped())
      return last
    },
    async train(settings, onProgress) {
      const trained = await work((remote) => remote.train(settings, proxy(onProgress)))
      last = { settings, trained }
      return trained
    },
    ask: (query) => work((remote) => remote.ask(query)),
    check: (model) => work((remote) => remote.check(model)),
    stop,
  }
}

const startWorker = (): WorkerHandle<ScenesWorker> =>
  handleOf(
    new Worker(new URL('./scenes.worker.ts', import.meta.url), { type: 'module', name: 'scenes' }),
  )
