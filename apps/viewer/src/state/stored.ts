import type { Experiment, ParamValues, Result } from '@nonconvex/experiments'
import type { Status } from '@nonconvex/optim/claims'
import { sameParams } from './form.js'

// the `quick` task of the experiments writes these; without them the page computes instead.
const files = import.meta.glob<string>('../../../../packages/experiments/quick/*.json.gz', {
  query: '?url',
  import: 'default',
  eager: true,
})
interface Listed {
  readonly digest: string
  readonly statuses: readonly Status[]
}
const [list = {}] = Object.values(
  import.meta.glob<{ readonly [id: string]: Listed | undefined }>(
    '../../../../packages/experiments/quick/list.json',
    {
      import: 'default',
      eager: true,
    },
  ),
)

/** Statuses of the verdicts of the quick preset, seed 1, which come with the page. */
export function storedStatuses(id: string): readonly Status[] {
  return list[id]?.statuses ?? []
}

/** Names what an experiment's program computes: another program has another digest. */
export function programOf(id: string): string {
  return list[id]?.digest ?? ''
}

/** Whether the page comes with the result for these values. */
export function isStored(experiment: Experiment, params: ParamValues, seed: number): boolean {
  return (
    seed === 1 &&
    addressOf(experiment.id) !== undefined &&
    sameParams(experiment, params, experiment.params.parse({ ...experiment.presets.quick }))
  )
}

/** The document of the quick preset, seed 1; undefined where there is none or it cannot be read. */
export async function storedResult(id: string): Promise<Result | undefined> {
  const address = addressOf(id)
  if (address === undefined) return undefined
  try {
    const response = await fetch(address)
    if (!response.ok || !response.body) return undefined
    // servers disagree on whether the browser unpacks a file of this name
    const packed = response.headers.get('content-encoding') === null
    const stream = packed
      ? response.body.pipeThrough(new DecompressionStream('gzip'))
      : response.body
    return (await new Response(stream).json()) as Result
  } catch {
    return undefined
  }
}

const addressOf = (id: string): string | undefined =>
  files[`../../../../packages/experiments/quick/${id.replaceAll('/', '-')}.json.gz`]
