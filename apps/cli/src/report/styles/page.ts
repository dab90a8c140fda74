import { themes, type Theme } from '@nonconvex/experiments/figure'

/** The colors of the figures, and two for text and background of the page. */
const tokens = (theme: Theme, mid: string, ground: string): string =>
  [...Object.entries(theme), ['mid', mid], ['ground', ground]]
    .map(([name, color]) => `--${name}:${color}`)
    .join(';')

/** Tokens, type and the page itself. Color carries meaning only. */
export const pageStyles: string = `
:root{${tokens(themes.light, '#454d54', '#f3f4f6')}}
@media screen and (prefers-color-scheme:dark){:root{${tokens(themes.dark, '#b9c0c6', '#1f2327')}}}
:root{color-scheme:light dark;
--serif:"Source Serif 4","KaTeX_Main",Georgia,serif;
--sans:"Source Sans 3","KaTeX_Main","Helvetica Neue",Arial,sans-serif;
--mono:"IBM Plex Mono",ui-monospace,monospace}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:1040px;padding:40px 40px 96px;background:var(--paper);color:var(--ink);
font:400 15px/1.5 var(--sans);font-variant-numeric:tabular-nums;font-synthesis:none}
h1,h2,h3,.lead,.about{font-family:var(--serif)}
h1{margin:0 0 10px;max-width:19em;font-size:34px;line-height:1.2;font-weight:560;letter-spacing:-.005em}
h1 span{white-space:nowrap}
h2{margin:0;font-size:26px;line-height:1.3;font-weight:560}
h3{margin:32px 0 8px;font-size:17px;line-height:1.3;font-weight:600}
h4{margin:0;font-size:15px;line-height:1.5;font-weight:600}
p{margin:0}
b{font-weight:600}
sup,sub{font-size:.72em;line-height:0}
a{color:inherit;text-decoration:underline;text-decoration-color:var(--rule);text-underline-offset:3px}
a:hover{text-decoration-color:currentColor}
a:focus-visible{outline:2px solid var(--measured);outline-offset:2px}
code,pre{font-family:var(--mono);font-size:13px}
.lead{max-width:44em;font-size:19px;line-height:1.5;color:var(--mid)}
.how{max-width:64em;margin-top:14px;font-size:13.5px;color:var(--soft)}
.how code{font-size:12px;color:var(--ink)}
.katex{font-size:1.06em}
.mark{display:inline-flex;align-items:center;gap:8px;font-weight:600;white-space:nowrap}
.mark svg{flex:none}
.mark.holds{color:var(--holds)}
.mark:is(.violated,.failed),.counts .failed,.counts .failed b{color:var(--violated)}
.mark.inapplicable{color:var(--soft)}
.mark.inconclusive{color:var(--undecided)}
`
