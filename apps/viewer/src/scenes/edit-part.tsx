import { beginGesture, commit, edit } from '../state/route.js'
import { formatEdits, NO_EDITS, withDeleted, type Edits } from './edits.js'

/** Deletes an object; its selection ends with it. */
export function deleteObject(edits: Edits, object: number): void {
  edit('edit', formatEdits(withDeleted(edits, object)))
  edit('look', '0')
  beginGesture()
  commit()
}

interface Props {
  readonly edits: Edits
  /** the selected object as it is shown and as it was made, counted from 1 */
  readonly selected: { readonly shown: number; readonly object: number } | undefined
  readonly canDelete: boolean
}

/** Buttons that delete the selected object, and undo all changes of the scene. */
export function EditButtons({ edits, selected, canDelete }: Props) {
  const changed = edits.moved.length + edits.deleted.length > 0
  return (
    <>
      {selected && (
        <button
          type="button"
          class="plain"
          disabled={!canDelete}
          title={canDelete ? undefined : 'two objects stay'}
          onClick={() => {
            deleteObject(edits, selected.object)
          }}
        >
          delete object {selected.shown}
        </button>
      )}
      {changed && (
        <button
          type="button"
          class="plain"
          onClick={() => {
            edit('edit', NO_EDITS)
            commit()
          }}
        >
          restore the scene
        </button>
      )}
    </>
  )
}
