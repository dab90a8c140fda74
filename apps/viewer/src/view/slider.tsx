import type { NumberParam } from '@nonconvex/experiments'
import { useEffect, useRef } from 'preact/hooks'
import { hold, moveHeld } from '../state/drag.js'
import { beginGesture, commit, edit } from '../state/route.js'
import { fromPosition, sliderSteps, toPosition } from '../state/slider.js'

interface Props {
  readonly name: string
  readonly param: NumberParam
  readonly text: string
}

/** So long a slider rests, in milliseconds, before the address follows it. */
const pause = 150

/** A thin slider over a parameter's range, linear or logarithmic as the schema says. */
export function Slider({ name, param, text }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)
  const value = Number.isFinite(Number(text)) && text !== '' ? Number(text) : param.default
  const steps = sliderSteps(param)
  const position = toPosition(param, value)
  useEffect(() => {
    // The part left of the thumb is drawn in ink; set by script, since the page allows no inline
    // styles.
    input.current?.style.setProperty('--fraction', `${(100 * position) / steps}%`)
    if (input.current) input.current.value = String(position)
  })
  return (
    <input
      ref={input}
      class="slider"
      type="range"
      min={0}
      max={steps}
      step={1}
      value={position}
      aria-label={`${name}, slider`}
      aria-valuetext={String(value)}
      title={`${param.min} to ${param.max}`}
      onFocus={beginGesture}
      onPointerDown={() => {
        beginGesture()
        hold()
      }}
      onInput={(event) => {
        moveHeld()
        edit(name, String(fromPosition(param, Number(event.currentTarget.value), value)))
        // the results follow before the thumb is let go
        clearTimeout(rest.current)
        rest.current = setTimeout(() => {
          commit(name)
        }, pause)
      }}
      onChange={() => {
        clearTimeout(rest.current)
        commit(name)
      }}
    />
  )
}
