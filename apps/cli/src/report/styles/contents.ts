/**
 * The contents: a column beside the page where there is room for one, else one line at its top. The
 * counts choose which claims are shown.
 */
export const contentsStyles = `
html{scroll-padding-top:20px}
.contents{font-size:13.5px;line-height:1.35}
.contents a{text-decoration:none}
.contents a:hover{text-decoration:underline}
.contents .heading{display:block;margin-top:14px;font-weight:600}
.contents ol{margin:2px 0 0;padding:0;list-style:none;color:var(--mid)}
.contents li{padding:1.5px 0}
.contents .mark{gap:5px;margin-left:4px}
@media screen and (min-width:1240px){
body{margin-left:max(236px,calc(50vw - 400px));margin-right:20px}
.contents{position:fixed;top:0;bottom:0;left:max(24px,calc(50vw - 620px));width:196px;padding:24px 0;overflow-y:auto;scrollbar-width:thin;scrollbar-color:var(--rule) transparent}
}
@media screen and (max-width:1239.98px){
html{scroll-padding-top:52px}
.contents{position:sticky;top:0;z-index:1;display:flex;gap:4px 20px;margin:-40px -40px 28px;padding:9px 40px;background:var(--paper);border-bottom:1px solid var(--rule);overflow-x:auto}
.contents .heading{margin:0}
.contents ol{display:none}
}
.counts{margin:14px 0 0;font-size:13.5px;color:var(--soft)}
.counts fieldset{display:flex;align-items:baseline;flex-wrap:wrap;gap:2px 20px;margin:0;padding:0;border:0}
.counts legend{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.counts b{color:var(--ink);font-size:16px}
.counts label{cursor:pointer}
.counts input{position:absolute;opacity:0}
.counts label>span{padding:1px 0;border-bottom:2px solid transparent}
.counts label:hover>span{border-color:var(--rule)}
.counts input:checked+span{color:var(--ink);border-color:currentColor}
.counts input:focus-visible+span{outline:2px solid var(--measured);outline-offset:2px}
.run{display:flex;flex-wrap:wrap;gap:2px 20px;margin-top:4px;font-size:13.5px;color:var(--soft)}
`
