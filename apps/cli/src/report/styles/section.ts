/** One experiment: a column of text, a figure wider than it, measured things in the sans. */
export const sectionStyles = `
section.experiment{margin-top:72px;position:relative}
section.experiment>h2{max-width:30em;padding-right:5em}
.up{position:absolute;right:0;top:9px;font-size:13.5px;color:var(--soft);text-decoration:none}
.anchor{visibility:hidden;margin-left:4px;color:var(--soft);font-weight:400;text-decoration:none}
li:hover>div>h4>.anchor,.anchor:focus{visibility:visible}
.claims>li:target{box-shadow:-10px 0 var(--paper),-12px 0 var(--measured)}
.about{margin-top:8px;max-width:39em;font-size:17.5px;line-height:1.58}
.formula{margin:20px 0;font-size:16px;overflow-x:auto;overflow-y:hidden}
.formula:focus-visible,.scroll:focus-visible{outline:2px solid var(--measured);outline-offset:2px}
.formula .katex-display{margin:.4em 0}
.symbols{columns:2;column-gap:40px;margin:0;font-size:13.5px;line-height:1.45}
.symbols code{font-size:12px}
.symbols>div{display:grid;grid-template-columns:5.6em 1fr;gap:0 12px;padding:1.5px 0;break-inside:avoid}
.symbols dt{color:var(--soft)}
.symbols dd{margin:0}
.claims{margin:14px 0 0;padding:0;list-style:none;border-top:1px solid var(--rule)}
.claims>li{display:grid;grid-template-columns:8.4em 1fr;padding:10px 0 11px;border-bottom:1px solid var(--rule)}
.claims .verdict{font-size:14px;line-height:1.6}
.claims p{max-width:52em}
.facts{display:flex;flex-wrap:wrap;gap:0 18px;margin-top:1px;font-size:13px;color:var(--soft)}
.facts .measured{color:var(--measured)}
.facts .bound{color:var(--bound)}
.shared{font-size:14px;color:var(--soft)}
.hypotheses{margin:4px 0 0;padding:0;list-style:none;font-size:13px;max-width:64em}
.hypotheses li{display:grid;grid-template-columns:4.6em 1fr;line-height:1.5}
.hypotheses .by-construction{grid-template-columns:auto 1fr;column-gap:10px}
.hypotheses .word{color:var(--soft)}
.condition{display:inline-block;margin-right:18px}
.condition b{color:var(--measured);font-weight:400}
.hypotheses .fails .word{color:var(--undecided);font-weight:600}
.shared+.hypotheses{margin-top:2px}
figure{margin:34px 0 0}
.phone-wide{display:none}
figure svg{display:block;max-width:100%;height:auto;overflow:visible}
figcaption{margin-top:8px;max-width:60em;font-size:14px;line-height:1.5;color:var(--mid)}
.scroll,.formula{background:linear-gradient(to right,var(--paper) 30%,transparent),linear-gradient(to left,var(--paper) 30%,transparent) 100% 0,linear-gradient(to right,var(--rule),transparent),linear-gradient(to left,var(--rule),transparent) 100% 0;background-repeat:no-repeat;background-size:40px 100%,40px 100%,10px 100%,10px 100%;background-attachment:local,local,scroll,scroll}
.long{margin-top:24px}
.long summary{font-weight:600;font-size:14px}
.long .scroll{margin-top:8px}
.scroll{margin-top:30px;overflow-x:auto;scrollbar-width:thin;scrollbar-color:var(--soft) var(--rule)}
.data{width:auto;font-size:13.5px}
.data caption{padding-bottom:6px;text-align:left;font-weight:600;font-size:14px}
.data th{padding:4px 22px 4px 0;font-weight:400;color:var(--soft);text-align:left;vertical-align:bottom;border-bottom:1px solid var(--ink)}
.data td{padding:4px 22px 4px 0;border-bottom:1px solid var(--rule);vertical-align:top}
.data .number{text-align:right}
.data .katex{white-space:nowrap}
.data td.short{white-space:nowrap}
.data.wide{font-size:12.5px}
.data.wide :is(th,td){padding-right:11px}
.data :is(th,td):last-child{padding-right:0}
.source,.data-links{margin-top:20px;max-width:60em;font-size:13.5px;color:var(--soft)}
.data-links{margin-top:4px}
.data-links a{margin-right:10px;color:var(--ink)}
pre{margin:10px 0 0;white-space:pre-wrap;overflow-wrap:anywhere}
.command{display:inline-block;margin-top:18px;padding:9px 14px;background:var(--ground)}
`
