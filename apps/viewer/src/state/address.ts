import {
  experiments,
  findExperiment,
  type Experiment,
  type ParamValues,
} from '@nonconvex/experiments'
import { hrefOf, type Explorer, type Subject } from '../explore/explorer.js'
import { formatLecture, parseLecture, type LectureList } from '../lecture/list.js'
import { parseSeed } from './seed.js'
import { textOf } from './text.js'

/** What the page shows: all of it can be read from the address and written back. */
export type Route =
  | { readonly kind: 'home' }
  | {
      readonly kind: 'subject'
      readonly subject: Subject
      readonly params: ParamValues
      readonly seed: number
      /** the picture alone, for the frame of another page */
      readonly embed?: boolean
      /** the list that this page is one of: as large as the window, without its form */
      readonly lecture?: LectureList
      /** the values were set in the form, not by a link, the reader's own address, back or reload */
      readonly edited?: boolean
    }
  /** the address cannot be parsed; `subject` is set where at least that part is valid */
  | { readonly kind: 'invalid'; readonly message: string; readonly subject?: Subject }

/** What names a page with its values. */
export type SubjectRoute = Extract<Route, { readonly kind: 'subject' }>

const longest = 4000
const longestList = 20_000

/**
 * Reads an address's hash, `#/run/overparam/updates?k=100&seed=7`. Anybody can write one, so
 * nothing in it is trusted: its length is bounded, its parts go through the schema of what it
 * names, and what cannot be followed comes back as `invalid` with a sentence for the reader. Never
 * throws.
 */
export function parseAddress(hash: string, among: readonly Subject[] = experiments): Route {
  const text = hash.replace(/^#?\/?/, '')
  const isList = /^lecture(\?|$)/.test(text)
  const most = isList ? longestList : longest
  if (hash.length > most)
    return invalid(`address: expected at most ${most} characters, got ${hash.length}`)
  if (isList) return lectureRoute(text.slice('lecture?'.length), among)
  if (text === '') return { kind: 'home' }
  const at = text.indexOf('?')
  const path = at < 0 ? text : text.slice(0, at)
  const query = at < 0 ? '' : text.slice(at + 1)
  let subject: Subject | undefined
  try {
    subject = path.startsWith('run/')
      ? findExperiment(decode(path.slice('run/'.length)), among.filter(isExperiment))
      : findExplorer(path, among.filter(isExplorer))
    const { embed, values } = withoutEmbed(query)
    // an address without values is that of the page, which opens on its quickest result
    if (values === '' && isExperiment(subject))
      return {
        kind: 'subject',
        subject,
        params: subject.params.parse({ ...subject.presets.quick }),
        seed: 1,
        ...embed,
      }
    return { kind: 'subject', subject, ...parseQuery(subject, values), ...embed }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return invalid(clip(message, 600), subject)
  }
}

/**
 * The address of a subject with these values. What has its default is left out; the seed is always
 * said.
 */
export function formatAddress(subject: Subject, params: ParamValues, seed: number): string {
  const parts = changedParams(subject, params).map(
    ([name, text]) =>
      `${encodeURIComponent(name)}=${encodeURIComponent(text).replaceAll('%2C', ',')}`,
  )
  return `${hrefOf(subject)}?${[...parts, `seed=${seed}`].join('&')}`
}

/** The address of what is shown, with its frame or its lecture. */
export function formatRoute({ subject, params, seed, embed, lecture }: SubjectRoute): string {
  if (lecture) return formatLecture(lecture)
  return formatAddress(subject, params, seed) + (embed === true ? '&embed=1' : '')
}

/** The same page with other values, which its lecture keeps. */
export function withValues(
  route: SubjectRoute,
  values: { readonly params: ParamValues; readonly seed: number },
): SubjectRoute {
  const { lecture, subject } = route
  if (!lecture) return { ...route, ...values }
  const page = formatAddress(subject, values.params, values.seed).slice('#/'.length)
  const pages = lecture.pages.map((other, i) => (i === lecture.at - 1 ? page : other))
  return { ...route, ...values, lecture: { ...lecture, pages } }
}

/**
 * Names and texts of the parameters that differ from a base, by default the defaults, in the
 * schema's order.
 */
export function changedParams(
  subject: Subject,
  params: ParamValues,
  base: ParamValues = subject.params.parse({}),
): [string, string][] {
  return Object.keys(subject.params.fields)
    .map((name): [string, string, string] => [
      name,
      textOf(params[name] ?? null),
      textOf(base[name] ?? null),
    ])
    .filter(([, now, usual]) => now !== usual)
    .map(([name, now]) => [name, now])
}

/** The page of a lecture that is shown; all of them are read, so that none is refused on the way. */
function lectureRoute(query: string, among: readonly Subject[]): Route {
  try {
    const lecture = parseLecture(query)
    const routes = lecture.pages.map((page, i): SubjectRoute => {
      const route = parseAddress(`#/${page}`, among)
      if (route.kind === 'invalid') throw new RangeError(`page ${i + 1}: ${route.message}`)
      if (route.kind === 'home' || route.lecture || route.embed === true)
        throw new RangeError(`page ${i + 1}: expected a page of this site, got "${clip(page)}"`)
      return route
    })
    return { ...routes[lecture.at - 1], lecture }
  } catch (error) {
    return invalid(clip(error instanceof Error ? error.message : String(error), 600))
  }
}

const isExplorer = (subject: Subject): subject is Explorer => 'view' in subject
const isExperiment = (subject: Subject): subject is Experiment => !isExplorer(subject)

function findExplorer(path: string, explorers: readonly Explorer[]): Subject {
  const found = explorers.find(({ id }) => id === path)
  if (found) return found
  const known = [
    '#/run/<experiment>',
    ...[...explorers.map(({ id }) => id), 'lecture'].map((id) => `#/${id}`),
  ]
  throw new RangeError(`address: expected ${known.join(', or ')}, got "#/${clip(path)}"`)
}

/** Takes `embed=1` out of a query; any other value stays there, as a parameter that is unknown. */
function withoutEmbed(query: string): { embed: { readonly embed?: true }; values: string } {
  const parts = query.split('&')
  const others = parts.filter((part) => part !== 'embed=1')
  const embed = others.length < parts.length ? { embed: true as const } : {}
  return { embed, values: others.join('&') }
}

function parseQuery(subject: Subject, query: string): { params: ParamValues; seed: number } {
  const given = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(query)) {
    if (given.has(name)) throw new RangeError(`address: "${clip(name)}" is given twice; keep one`)
    given.set(name, value)
  }
  const seedText = given.get('seed') ?? '1'
  given.delete('seed')
  // All errors are reported at once.
  const faults: string[] = []
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      faults.push(error instanceof Error ? error.message : String(error))
      return undefined
    }
  }
  const params = attempt(() => subject.params.parse(Object.fromEntries(given)))
  const seed = attempt(() => parseSeed(seedText))
  if (params && seed !== undefined) return { params, seed }
  throw new RangeError(faults.join('\n'))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new RangeError(`address: "${clip(text)}" is not valid percent-encoding`)
  }
}

function invalid(message: string, subject?: Subject): Route {
  return subject ? { kind: 'invalid', message, subject } : { kind: 'invalid', message }
}

function clip(text: string, length = 80): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
