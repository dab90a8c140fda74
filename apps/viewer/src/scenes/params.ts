import { choice, flag, integer, object, text } from '@nonconvex/experiments/define'
import { editsForm, NO_EDITS, parseEdits } from './edits.js'

/** Whose labels the picture can show. */
export const labelSources = ['true', 'alone', 'joint', 'ordered'] as const
export type LabelSource = (typeof labelSources)[number]

/** Values of the form. A type, not an interface: it is one of the forms of `ParamValues`. */
export type ScenesParams = {
  readonly scene: number
  readonly labels: LabelSource
  readonly look: number
  readonly shuffle: number
  readonly ordered: boolean
  readonly edit: string
}

export const scenesParams = object(
  {
    scene: integer({ default: 2, min: 1, max: 400, help: 'test scene' }),
    labels: choice({
      default: 'joint',
      values: labelSources,
      help: 'labels and relations shown in the picture',
    }),
    look: integer({
      default: 0,
      min: 0,
      max: 12,
      help: 'object whose attention weights are shown, 0: none',
    }),
    shuffle: integer({
      default: 0,
      min: 0,
      max: 99,
      help: 'permutation of the objects, 0: original order',
    }),
    ordered: flag({ default: false, help: 'also show the order-dependent LSTM network' }),
    edit: text({
      default: NO_EDITS,
      maxLength: 200,
      form: editsForm,
      suggestions: [NO_EDITS],
      help: 'objects of a scene that are moved or deleted',
    }),
  },
  ({ edit }) => {
    try {
      parseEdits(edit)
      return []
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return [{ where: 'edit', message: `parameter edit: ${message}` }]
    }
  },
)
