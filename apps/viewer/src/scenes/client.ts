import { proxy, releaseProxy, wrap, type Remote } from 'comlink'
import { brokenOf } from '../work/broken.js'
import type {
  Answers,
  Checked,
  Model,
  Progress,
  Question,
  ScenesWorker,
  Settings,
  Trained,
} from './messages.js'

/** The models, away from the page's thread. What was asked before `stop` never settles. */
export interface Client {
  train(settings: Settings, told: (progress: Progress) => void): Promise<Trained>
  /** of the models that were trained last */
  ask(question: Question): Promise<Answers>
  check(model: Model): Promise<Checked>
  /** ends the work at once, whatever it is doing; the models that were trained stay */
  stop(): void
}

interface Hand {
  readonly remote: Remote<ScenesWorker>
  readonly broken: Promise<never>
  readonly end: () => void
}

/** A client whose worker is started when it is needed. */
export function createClient(): Client {
  let hand: Hand | undefined
  let last: { readonly settings: Settings; readonly trained: Trained } | undefined
  const stop = () => {
    hand?.end()
    hand = undefined
  }
  const work = async <T>(of: (remote: Remote<ScenesWorker>) => Promise<T>): Promise<T> => {
    const fresh = hand === undefined
    const { remote, broken } = (hand ??= hire())
    try {
      if (fresh && last) await Promise.race([remote.load(last.settings, last.trained), broken])
      return await Promise.race([of(remote), broken])
    } catch (error) {
      // what failed may be the worker itself
      stop()
      throw error
    }
  }
  return {
    async train(settings, told) {
      const trained = await work((remote) => remote.train(settings, proxy(told)))
      last = { settings, trained }
      return trained
    },
    ask: (question) => work((remote) => remote.ask(question)),
    check: (model) => work((remote) => remote.check(model)),
    stop,
  }
}

function hire(): Hand {
  const worker = new Worker(new URL('./scenes.worker.ts', import.meta.url), {
    type: 'module',
    name: 'scenes',
  })
  const remote = wrap<ScenesWorker>(worker)
  const broken = brokenOf(worker)
  const end = () => {
    worker.terminate()
    remote[releaseProxy]()
  }
  return { remote, broken, end }
}
