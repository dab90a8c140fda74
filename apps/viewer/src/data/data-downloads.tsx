import { save } from '../export/save.js'
import { PlainButton } from '../view/exports.js'
import { useCopy } from '../view/use-copy.js'
import type { DataAnswer, DataJob, DataSource } from './messages.js'
import { AUTO } from './params.js'

interface Props {
  readonly source: DataSource
  readonly answer: DataAnswer
  readonly job: DataJob
  readonly address: string
}

/** The model folder as a zip, its document, and the command that makes the same. */
export function DataDownloads({ source, answer, job, address }: Props) {
  const { status, copy, copyLink } = useCopy()
  const base = source.name.replace(/(\.\w{1,10})+$/, '') || 'data'
  const command = commandOf(source.name, job)
  return (
    <div class="downloads">
      <PlainButton
        name="model folder (zip)"
        onPress={() => {
          void import('fflate').then(({ strToU8, zipSync }) => {
            const zip = zipSync({
              [`${base}-model/model.json`]: strToU8(answer.document),
              [`${base}-model/weights.safetensors`]: [answer.weights, { level: 0 }],
            })
            save(`${base}-model.zip`, 'application/zip', new Blob([zip]))
          })
        }}
      />
      <PlainButton
        name="JSON"
        onPress={() => {
          save('model.json', 'application/json', answer.document)
        }}
      />
      <PlainButton
        name="copy command"
        onPress={() => {
          copy('command', command)
        }}
      />
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
      <p class="note">
        The folder works with <code>nonconvex predict</code> and <code>evaluate</code>. The command
        writes the same model.json and weights, and a report, index.html, which the zip lacks.
      </p>
    </div>
  )
}

/** The command that writes the same model.json and weights. */
function commandOf(name: string, { params, seed }: DataJob): string {
  const { k, bias, standardise, label, positive } = params
  return [
    'nonconvex fit separable',
    quoted(name),
    ...(label === AUTO ? [] : [`--label ${quoted(label)}`]),
    ...(positive === AUTO ? [] : [`--positive ${quoted(positive)}`]),
    ...(standardise ? ['--standardise'] : []),
    ...(bias === 0 ? [] : [`--bias ${bias}`]),
    `--k ${k} --seed ${seed} --out MODEL`,
  ].join(' ')
}

/** As a shell reads it. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
