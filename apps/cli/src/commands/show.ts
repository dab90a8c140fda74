import { verificationLines } from '../text/verification.js'
import {
  findExperiment,
  type Experiment,
  type Param,
  conclude,
  InputError,
} from '@nonconvex/experiments'
import { allowed } from '@nonconvex/experiments/define'
import type { Hypothesis, Rigor, Verdict } from '@nonconvex/optim/claims'
import { exit } from '../exit.js'
import type { Host } from '../host.js'
import { printed, type Line } from '../text/printed.js'
import { printColumns } from '../text/columns.js'
import { formatSeconds } from '../text/numbers.js'
import { sourceText, sharedHypotheses } from '../text/claims.js'
import { inlineTexToText, texToText } from '../text/tex.js'
import { valueText } from '../command-line/settings.js'
import { wrap } from '../text/wrap.js'
import type { Terminal } from '../terminal/terminal.js'

/** `nonconvex show <id>`: the description, parameters and claims of an experiment. */
export async function show(
  host: Host,
  terminal: Terminal,
  id: string,
  flags: { readonly json?: boolean },
): Promise<number> {
  const experiment = findExperiment(id, host.experiments)
  const claims = await claimsOf(experiment)
  if (flags.json) {
    terminal.json(JSON.stringify(description(experiment, claims), null, 2))
    return exit.done
  }
  const { print, style, columns } = terminal
  const paragraph = (text: string, indent = '  ') => {
    for (const line of wrap(text, columns - indent.length)) print(indent + line)
  }
  const heading = (text: string) => {
    print()
    print(style.strong(text))
  }
  print(printed`${style.strong(experiment.id)}  ${inlineTexToText(experiment.title)}`)
  print()
  paragraph(inlineTexToText(experiment.about))
  heading('Formula')
  paragraph(texToText(experiment.formula))
  for (const { tex, text } of experiment.symbols)
    paragraph(`${texToText(tex)}: ${inlineTexToText(text)}`, '    ')
  paragraph(`TeX: ${experiment.formula}`, '    ')
  heading('Claims')
  const shared = sharedHypotheses(claims.map(({ claim }) => claim))
  const names = new Set(shared.map(({ text }) => text))
  for (const one of shared) paragraph(hypothesisText(one))
  if (shared.length > 0) print()
  for (const shown of claims) {
    const { title, rigor, hypotheses } = shown.claim
    paragraph(`${inlineTexToText(title)} (${rigor}${whenText(shown)})`)
    for (const one of hypotheses) if (!names.has(one.text)) paragraph(hypothesisText(one), '    ')
  }
  print()
  for (const line of rigorLines(claims.map(({ claim }) => claim))) paragraph(line)
  const verified = await verificationLines(experiment)
  if (verified.length > 0) {
    heading('Rows under verify')
    for (const line of verified) paragraph(line)
  }

  heading('Parameters (--set name=value)')
  for (const line of parameterLines(experiment, terminal)) print(printed`  ${line}`)
  heading('Presets and expected time on one core')
  for (const preset of ['quick', 'full'] as const)
    paragraph(
      `--preset ${preset}: ${presetText(experiment, preset)}; ` +
        `about ${formatSeconds(experiment.expectedSeconds[preset])}`,
    )
  heading('Source')
  paragraph(sourceText(experiment.source))
  return exit.done
}

const hypothesisText = ({ text, status }: Hypothesis): string =>
  `if ${inlineTexToText(text)}${status === 'by construction' ? ' (by construction)' : ''}`

const rigors: { readonly [rigor in Rigor]: string } = {
  proof: 'for all values, by intervals or in rational numbers',
  float64: 'on the run, in floating-point numbers',
  statistical: 'by an estimate, with the probability that the verdict shows',
}

/** How the claims are decided: a line for each rigor that occurs. */
const rigorLines = (claims: readonly Pick<Verdict, 'rigor'>[]): readonly string[] =>
  Object.entries(rigors).flatMap(([rigor, text]) =>
    claims.some((claim) => claim.rigor === rigor) ? [`${rigor}: decided ${text}`] : [],
  )

/** When a claim is decided, where that is not always. */
const whenText = ({ onlyWith, notWith }: ShownClaim): string =>
  onlyWith !== undefined
    ? `; only with --set ${onlyWith}`
    : notWith !== undefined
      ? `; not with --set ${notWith}`
      : ''

function parameterLines(experiment: Experiment, { style, columns: room }: Terminal): Line[] {
  const rows = Object.entries(experiment.params.fields).map(([name, param]) => [
    name,
    param.kind === 'file' ? '(no file)' : valueText(param.default),
    inlineTexToText(helpText(param)),
    allowed(param),
  ])
  const columns = ['name', 'default', 'meaning', 'allowed'].map((title) => ({ title }))
  return printColumns(columns, rows, { heading: style.soft, room: room - 2 })
}

const helpText = ({ help, unit }: Param): string =>
  unit === undefined ? help : `${help} (${unit})`

function presetText(experiment: Experiment, preset: 'quick' | 'full'): string {
  const entries = Object.entries(experiment.params.parse(experiment.presets[preset])).filter(
    ([name]) => Object.hasOwn(experiment.presets[preset], name),
  )
  if (entries.length === 0) return 'the defaults'
  return entries.map(([name, value]) => `${name}=${valueText(value)}`).join(' ')
}

function description(experiment: Experiment, claims: readonly ShownClaim[]) {
  const { id, part, name, title, about, formula, symbols, source } = experiment
  const { params, presets, expectedSeconds } = experiment
  return {
    schema: 'nonconvex/experiment@1',
    id,
    part,
    name,
    title,
    about,
    formula,
    symbols,
    source,
    claims: claims.map(({ claim: { claim, title, rigor, source, hypotheses }, ...when }) => ({
      claim,
      title,
      rigor,
      source,
      hypotheses: hypotheses.map(({ text }: Hypothesis) => text),
      ...when,
    })),
    params: params.fields,
    presets,
    expectedSeconds,
  }
}

/** A claim of an experiment before a run. */
export interface ShownClaim {
  readonly claim: Verdict
  /** the setting without which it is not decided, as in `data=FILE` */
  readonly onlyWith?: string
  /** the setting with which it is not decided, as in `digits=false` */
  readonly notWith?: string
}

/**
 * What an experiment concludes from no rows at all, as it is and with each setting that gives or
 * takes claims: a file that is none by default, a flag the other way.
 */
export async function claimsOf(experiment: Experiment): Promise<readonly ShownClaim[]> {
  const claims = new Map<string, ShownClaim>()
  for (const claim of (await claimsWith(experiment, {})) ?? []) claims.set(claim.title, { claim })
  for (const [name, value] of settingsOf(experiment)) {
    const setting = `${name}=${value}`
    const found = await claimsWith(experiment, { [name]: value })
    // not a setting by itself
    if (found === undefined) continue
    const titles = new Set(found.map(({ title }) => title))
    for (const [title, shown] of claims)
      if (shown.onlyWith === undefined && !titles.has(title))
        claims.set(title, { ...shown, notWith: setting })
    for (const claim of found)
      if (!claims.has(claim.title)) claims.set(claim.title, { claim, onlyWith: setting })
  }
  return [...claims.values()]
}

const settingsOf = ({ params }: Experiment): (readonly [string, string])[] =>
  Object.entries(params.fields).flatMap(([name, param]): (readonly [string, string])[] => {
    if (param.kind === 'file') return [[name, 'FILE']]
    return param.kind === 'flag' ? [[name, String(!param.default)]] : []
  })

/** Undefined where these values do not go together. */
async function claimsWith(
  experiment: Experiment,
  values: { readonly [name: string]: string },
): Promise<readonly Verdict[] | undefined> {
  try {
    return (await conclude(experiment, [], experiment.params.parse(values))).verdicts
  } catch (error) {
    if (error instanceof InputError) return undefined
    throw error
  }
}
