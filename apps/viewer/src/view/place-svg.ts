/** A figure's units in a rem: its type, 11 units high, is 0.78 rem on the page. */
export const unitsPerRem = 11 / 0.78

/**
 * Puts a drawn figure into the page. It is read as XML, where nothing runs, and it has no inline
 * styles, which the page's content security policy refuses.
 *
 * @throws RangeError if the text is not well-formed XML
 */
export function placeSvg(box: ParentNode, svg: string): void {
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml')
  if (parsed.querySelector('parsererror')) throw new RangeError('placeSvg: expected an SVG')
  box.replaceChildren(document.adoptNode(parsed.documentElement))
}
