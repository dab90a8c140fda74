import { talkPages } from './pages.js'

/** A list of pages shown one after another, each as large as the window. */
export interface LectureList {
  /** what follows `#/` in the address of each page */
  readonly pages: readonly string[]
  /** the page that is shown, from 1 */
  readonly at: number
  /** each page opens without its verdict, which the next key reveals */
  readonly predict: boolean
}

const MOST = 60

/**
 * Reads `pages=filter,run/gaussian/escape%3Fk=9&at=2&predict=1`, the query of a lecture's address;
 * without `pages` it is the talk's own list. The pages themselves are not read.
 *
 * @throws RangeError if a part is unknown, given twice or out of range
 */
export function parseLecture(query: string): LectureList {
  const given = new Map<string, string>()
  for (const part of query === '' ? [] : query.split('&')) {
    const [, name = '', value = ''] = /^([^=]*)=?(.*)$/.exec(part) ?? []
    if (!['pages', 'at', 'predict'].includes(name))
      throw new RangeError(`address: expected pages, at or predict, got "${name.slice(0, 80)}"`)
    if (given.has(name)) throw new RangeError(`address: "${name}" is given twice; keep one`)
    given.set(name, value)
  }
  const pages = given.get('pages')?.split(',').map(decodePage) ?? talkPages
  if (pages.length > MOST)
    throw new RangeError(`pages: expected at most ${MOST} pages, got ${pages.length}`)
  const at = given.get('at') ?? '1'
  const page = /^\d{1,3}$/.test(at) ? Number(at) : 0
  if (page < 1 || page > pages.length)
    throw new RangeError(`at: expected a number from 1 to ${pages.length}, got ${at.slice(0, 80)}`)
  const predict = given.get('predict') ?? '0'
  if (predict !== '0' && predict !== '1')
    throw new RangeError(`predict: expected 0 or 1, got ${predict.slice(0, 80)}`)
  return { pages, at: page, predict: predict === '1' }
}

/** The address of a lecture; what has its default is left out. */
export function formatLecture({ pages, at, predict }: LectureList): string {
  const parts = [
    ...(pages.join() === talkPages.join() ? [] : [`pages=${pages.map(encodePage).join()}`]),
    ...(at === 1 ? [] : [`at=${at}`]),
    ...(predict ? ['predict=1'] : []),
  ]
  return parts.length === 0 ? '#/lecture' : `#/lecture?${parts.join('&')}`
}

/** The page that a reader names: by what follows `#/`, or by a whole address. */
export function pageOf(text: string): string {
  return text.trim().replace(/^.*?#\/?/, '')
}

/** `&`, `,` and `%` are coded: they separate pages and parts. */
const encodePage = (page: string) =>
  encodeURIComponent(page).replaceAll('%2F', '/').replaceAll('%3D', '=').replaceAll('%3F', '?')

function decodePage(code: string): string {
  try {
    return decodeURIComponent(code)
  } catch {
    throw new RangeError(`pages: "${code.slice(0, 80)}" is not valid percent-encoding`)
  }
}
