/**
 * Escapes a text for XML or HTML content or a double-quoted attribute; characters that XML does not
 * allow become U+FFFD.
 *
 * @example
 * import { escapeXml } from '@nonconvex/structured/drawing'
 * console.log(escapeXml('a < "b" & c')) // → a &lt; &quot;b&quot; &amp; c
 */
export function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
