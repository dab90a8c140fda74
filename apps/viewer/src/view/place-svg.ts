const adopted = new Set<string>()

/**
 * Puts a drawn figure into the page without inline styles, which its content security policy refuses:
 * style attributes are set by script, style elements become adopted style sheets.
 *
 * @param prefix - goes before the figure's ids, which are unique in a figure only
 */
export function placeSvg(box: Element, svg: string, prefix: string): void {
  const inert = svg
    .replaceAll(' style="', ' data-style="')
    .replace(/(\bid="|url\(#|href="#)/g, `$1${prefix.replace(/[^\w-]/g, '-')}-`)
  const parsed = new DOMParser().parseFromString(inert, 'image/svg+xml')
  const root = document.adoptNode(parsed.documentElement)
  for (const style of root.querySelectorAll('style')) {
    adopt(style.textContent)
    style.remove()
  }
  for (const element of [root, ...root.querySelectorAll('[data-style]')]) {
    const text = element.getAttribute('data-style')
    if (text === null || !('style' in element)) continue
    ;(element as SVGElement).style.cssText = text
    element.removeAttribute('data-style')
  }
  box.replaceChildren(root)
}

function adopt(css: string): void {
  if (adopted.has(css)) return
  adopted.add(css)
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets.push(sheet)
}
