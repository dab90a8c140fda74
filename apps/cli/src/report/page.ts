import { mathStyles, textFaces } from './fonts.js'
import { html, raw, type Html } from './html.js'
import { palette } from './palette.js'
import { styles } from './styles/index.js'

// no network access and no scripts: styles and fonts are part of the page
const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"

/**
 * A self-contained page: the styles and fonts that its body needs are in it. Equal bodies give
 * equal bytes.
 */
export function htmlPage(title: string, version: string, body: Html): string {
  const css = [
    textFaces(body.text),
    ...(body.text.includes('class="katex') ? [mathStyles(body.text)] : []),
    palette(body.text),
    styles,
  ].join('\n')
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="nonconvex ${version}" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style>
          ${raw(css)}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `.text
}
