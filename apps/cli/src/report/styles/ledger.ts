/** The ledger: five columns that line up from part to part, thin rules, no frame. */
export const ledgerStyles = `
.part{margin-top:26px}
.part h2{padding-bottom:6px;font-size:20px;border-bottom:1px solid var(--ink)}
.part thead th{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.columns{display:grid;grid-template-columns:12% 45% 14% 9% 20%;align-items:end;line-height:1.35;margin-top:20px;font-size:13px;color:var(--soft)}
.columns+.part{margin-top:8px}
table{border-collapse:collapse;width:100%}
.ledger{table-layout:fixed;font-size:14px}
.ledger .verdict{padding-right:0}
.ledger td,.ledger th{padding:9px 16px 8px 0;vertical-align:top;text-align:left;font-weight:400}
.ledger td:last-child,.ledger th:last-child{padding-right:0}
.ledger tbody{border-bottom:1px solid var(--rule)}
.ledger col:nth-child(1){width:12%}
.ledger col:nth-child(2){width:45%}
.ledger col:nth-child(3){width:14%}
.ledger col:nth-child(4){width:9%}
.ledger col:nth-child(5){width:20%}
.ledger .claim b{display:block;font-size:15px;line-height:1.4}
.ledger .claim span{color:var(--mid)}
.ledger .claim>span{display:block;line-height:1.45}
.ledger .claim code{display:block;margin-top:3px;font-size:12px;color:var(--soft);overflow-wrap:anywhere}
.ledger .rigor,.ledger .experiment{color:var(--soft)}
.ledger .rigor{white-space:nowrap}
.ledger .experiment span{display:block;font:400 13px/1.4 var(--sans)}
.ledger .experiment{font:400 12.5px/1.7 var(--mono);overflow-wrap:anywhere}
.ledger .more td{padding-top:0;padding-bottom:7px}
details{margin-top:-5px;font-size:13.5px}
summary{display:inline-block;cursor:pointer;color:var(--soft)}
summary::before{content:"+";display:inline-block;width:1.1em}
[open]>summary::before{content:"−"}
summary::-webkit-details-marker{display:none}
summary:focus-visible{outline:2px solid var(--measured);outline-offset:2px}
.more ul{margin:2px 0 4px;padding:0;list-style:none}
.more li{display:grid;grid-template-columns:5.4em 1fr 5em;align-items:start;gap:0 10px;padding:2.5px 0;color:var(--mid)}
.more li b{color:var(--ink)}
.more li>:last-child{text-align:right;color:var(--soft)}
.ledger .claim a{text-decoration:none}
.ledger .claim a:hover{text-decoration:underline}
.key{margin-top:18px;color:var(--mid)}
.key dl{display:grid;grid-template-columns:9em 1fr;gap:3px 14px;margin:8px 0 0;max-width:58em}
.key dt{color:var(--ink)}
.key dd{margin:0}
.ledger .used{font-size:12.5px;line-height:1.45;color:var(--soft)}
.ledger .used>:is(span,a){display:block;overflow-wrap:anywhere}
.bar{display:block;margin-top:5px;max-width:100%}
.bar .used{fill:var(--measured)}
.bar .allowed{fill:var(--bound)}
`
