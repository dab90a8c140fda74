import { MultilabelDataError } from './data.js'

const entities: { readonly [name: string]: string } = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

/**
 * The names of the labels in an XML file of MULAN, `<labels><label name="…"/></labels>`, possibly
 * nested: in the order of the file.
 *
 * @throws MultilabelDataError with part 'xml' for a file without labels, a label without a name, or
 *   a repeated one
 *
 * @example
 * import { labelList } from '@nonconvex/structured/multilabel'
 * console.log(labelList('<labels><label name="rock &amp; roll"></label></labels>')) // → [ 'rock & roll' ]
 */
export function labelList(xml: string): readonly string[] {
  const lineAt = (at: number): number => xml.slice(0, at).split('\n').length
  const fail = (at: number, problem: string): never => {
    throw new MultilabelDataError('labels', lineAt(at), problem, 'xml')
  }
  const text = xml.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '))
  if (!/<labels[\s>]/.test(text))
    fail(
      0,
      'expected <labels> with a <label name="…"/> for each label; give the XML file of the set',
    )
  const names: string[] = []
  for (const match of text.matchAll(/<label(?=[\s/>])([^<>]*)>/g)) {
    const found = /\sname\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(match[1])
    if (!found) {
      fail(match.index, `expected <label name="…"/>, got ${match[0].slice(0, 60)}`)
      continue
    }
    const name = (found[1] ?? found[2]).replace(/&(#?\w+);/g, (all, code: string) => {
      if (!code.startsWith('#')) return entities[code] ?? all
      // 0x1f is what #x1f means
      const point = Number(code.replace(/^#x/, '0x').replace('#', ''))
      if (!(point <= 0x10ffff)) fail(match.index, `expected the number of a character, got ${all}`)
      return String.fromCodePoint(point)
    })
    if (names.includes(name))
      fail(match.index, `expected each label once, got ${JSON.stringify(name)} again`)
    names.push(name)
  }
  if (names.length === 0) fail(0, 'expected labels, got an empty list')
  return names
}
