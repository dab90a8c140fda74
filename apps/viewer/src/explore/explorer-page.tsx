import type { ParamValues } from '@nonconvex/experiments'
import type { ComponentType } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { formatAddress } from '../state/address.js'
import { draft, reading } from '../state/route.js'
import { Field } from '../view/field.js'
import { Printed } from '../view/printed.js'
import { Seed, SeedError } from '../view/seed.js'
import { Presets } from '../view/presets.js'
import { Tex } from '../view/tex.js'
import type { Explorer, ExplorerProps } from './explorer.js'

/**
 * One explorer: its description, its form, and its view, which follows the form at
 * once.
 */
export function ExplorerPage({ explorer }: { explorer: Explorer }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // Who came by a link of this page goes on from the heading; who just opened the page starts at
    // its top.
    if (document.activeElement instanceof HTMLAnchorElement) heading.current?.focus()
  }, [])
  const { presets, params } = explorer
  const reset = { name: 'reset', input: {}, title: 'default values of all parameters' }
  return (
    <article>
      <header class="claim">
        <h1 ref={heading} tabIndex={-1}>
          {explorer.title}
        </h1>
        <p class="about">{explorer.about}</p>
        <Tex tex={explorer.formula} display />
      </header>
      <div class="work">
        <form
          class="form"
          aria-label="Parameters"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
          }}
        >
          <Presets subject={explorer} presets={[...presets, reset]} />
          {Object.entries(params.fields).map(([name, param]) => (
            <Field
              key={name}
              name={name}
              param={param}
              text={draft.value.texts[name] ?? ''}
              error={reading.value.errors[name]}
            />
          ))}
          <div class="seed-bar">
            <div class="buttons">
              <Seed />
            </div>
            <SeedError />
          </div>
        </form>
        <View explorer={explorer} />
      </div>
    </article>
  )
}

/**
 * The explorer's view, once its script is loaded. While the form is invalid, the last valid values
 * stay.
 */
export function View({ explorer }: { explorer: Explorer }) {
  const [program, setProgram] = useState<{
    readonly Component: ComponentType<ExplorerProps<ParamValues>>
  }>()
  const [error, setError] = useState<string>()
  const last = useRef<{ readonly params: ParamValues; readonly seed: number } | undefined>(
    undefined,
  )
  useEffect(() => {
    explorer.view().then(
      (Component) => {
        setProgram({ Component })
      },
      (reason: unknown) => {
        setError(reason instanceof Error ? reason.message : String(reason))
      },
    )
  }, [])
  last.current = reading.value.values ?? last.current
  const values = last.current
  return (
    <section class="explored" aria-label={explorer.name}>
      {error !== undefined && (
        <p class="error" role="alert">
          This page’s script could not be loaded: {error}. Reload the page.
        </p>
      )}
      {values && <Printed subject={explorer} {...values} />}
      {program && values && (
        <program.Component
          {...values}
          address={formatAddress(explorer, values.params, values.seed)}
        />
      )}
    </section>
  )
}
