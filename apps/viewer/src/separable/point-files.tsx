import { useState } from 'preact/hooks'
import { save } from '../export/save.js'
import { commit, edit } from '../state/route.js'
import { PlainButton } from '../view/exports.js'
import { useCopy } from '../view/use-copy.js'
import type { SeparableParams } from './params.js'
import { csvOfPoints, formatPoints, type LabeledPoint } from './points.js'
import { BIAS } from './problem.js'

interface Props {
  readonly points: readonly LabeledPoint[]
  readonly params: SeparableParams
  readonly seed: number
  readonly address: string
  readonly file: PointFile
}

/** Opens files of points. */
export interface PointFile {
  readonly open: (file: File | undefined) => void
  /** what is wrong with the last one, '' if nothing is */
  readonly error: string
}

/** Files of points become the points of the page. */
export function usePointFile(): PointFile {
  const [error, setError] = useState('')
  const read = async (file: File) => {
    try {
      const { pointsOfFile } = await import('./point-file.js')
      edit('points', formatPoints(await pointsOfFile(file)))
      commit()
      setError('')
    } catch (reason) {
      setError(reason instanceof Error ? reason.message : String(reason))
    }
  }
  return {
    error,
    open: (file) => {
      if (file) void read(file)
    },
  }
}

/** The points as a file, from a file, as a link, and the command that trains the same network. */
export function PointFiles({ points, params, seed, address, file: { open, error } }: Props) {
  const { status, copyLink } = useCopy()
  const command = `nonconvex fit separable points.csv --k ${params.k} --bias ${BIAS} --seed ${seed}`
  return (
    <div class="point-files">
      <div class="downloads">
        <PlainButton
          name="CSV"
          onPress={() => {
            save('points.csv', 'text/csv', csvOfPoints(points))
          }}
        />
        <label class="plain open">
          open a CSV
          <input
            type="file"
            class="visually-hidden"
            accept=".csv,.tsv,text/csv"
            onChange={(event) => {
              open(event.currentTarget.files?.[0])
              event.currentTarget.value = ''
            }}
          />
        </label>
        <PlainButton
          name="copy link"
          onPress={() => {
            copyLink(address)
          }}
        />
        <code class="command">{command}</code>
        <span class="status" role="status">
          {status}
        </span>
      </div>
      {error !== '' && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      <p class="note">
        The file has these points as <code>x,y,label</code>. At α = 0.1 and η = 10 the command
        trains the same network, with the same updates.
      </p>
    </div>
  )
}
