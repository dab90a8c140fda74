import type { Param } from '@nonconvex/experiments'
import { commit, edit } from '../state/route.js'
import { Slider } from './slider.js'
import { Prose, Tex } from './tex.js'

interface Props {
  readonly name: string
  readonly param: Param
  readonly text: string
  readonly error: string | undefined
}

/**
 * One parameter: symbol, what it is, its value, a slider where it is one number, and what is wrong
 * with it.
 */
export function Field(props: Props) {
  const { name, param, error } = props
  const id = `param-${name}`
  return (
    <div class={`field ${param.kind}`}>
      <label for={id}>
        <span class="symbol">
          {param.symbol === undefined ? <code>{name}</code> : <Tex tex={param.symbol} />}
        </span>
        <span class="help">
          <Prose text={param.help} />
          {param.unit !== undefined && <> ({param.unit})</>}
        </span>
      </label>
      <Input {...props} id={id} />
      {(param.kind === 'integer' || param.kind === 'real') && (
        <Slider name={name} param={param} text={props.text} />
      )}
      {param.kind === 'text' && (
        <datalist id={`${id}-known`}>
          {param.suggestions.map((known) => (
            <option key={known} value={known} />
          ))}
        </datalist>
      )}
      {error !== undefined && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}

function Input({ name, param, text, error, id }: Props & { readonly id: string }) {
  const described = error === undefined ? {} : { 'aria-describedby': `${id}-error` }
  const shared = { id, name, 'aria-invalid': error !== undefined, ...described }
  const set = (value: string) => {
    edit(name, value)
    commit()
  }
  switch (param.kind) {
    case 'flag':
      return (
        <input
          {...shared}
          type="checkbox"
          checked={text === 'true'}
          onChange={(event) => {
            set(String(event.currentTarget.checked))
          }}
        />
      )
    case 'choice':
      return (
        <select
          {...shared}
          value={text}
          onChange={(event) => {
            set(event.currentTarget.value)
          }}
        >
          {param.values.map((value) => (
            <option key={value} value={value}>
              {value}
            </option>
          ))}
        </select>
      )
    case 'integer':
    case 'real':
    case 'integers':
    case 'reals':
    case 'text':
    case 'file':
      return (
        <input
          {...shared}
          {...(param.kind === 'text' && { list: `${id}-known` })}
          type="text"
          inputMode={param.kind === 'integer' ? 'numeric' : 'text'}
          autocomplete="off"
          spellcheck={false}
          value={text}
          onInput={(event) => {
            edit(name, event.currentTarget.value)
          }}
          onChange={() => {
            commit()
          }}
        />
      )
  }
}
