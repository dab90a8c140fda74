/** The ledger: five columns that line up from part to part, thin rules, no frame. */
export const ledgerStyles = `
.part{margin-top:36px}
.part h2{padding-bottom:6px;font-size:20px;border-bottom:1px solid var(--ink)}
.part thead th{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.columns{display:grid;grid-template-columns:13% 38% 19% 9% 21%;margin-top:32px;font-size:13px;color:var(--soft)}
.columns+.part{margin-top:20px}
table{border-collapse:collapse;width:100%}
.ledger{table-layout:fixed;font-size:14px}
.ledger td,.ledger th{padding:11px 16px 11px 0;vertical-align:top;text-align:left;font-weight:400}
.ledger td:last-child,.ledger th:last-child{padding-right:0}
.ledger tbody tr{border-bottom:1px solid var(--rule)}
.ledger col:nth-child(1){width:13%}
.ledger col:nth-child(2){width:38%}
.ledger col:nth-child(3){width:19%}
.ledger col:nth-child(4){width:9%}
.ledger col:nth-child(5){width:21%}
.ledger .claim b{display:block;font-size:15px;line-height:1.4}
.ledger .claim span{color:#4a5259}
.ledger .claim>span{display:block;line-height:1.45}
.ledger .rigor,.ledger .experiment{color:var(--soft)}
.ledger .experiment{font:400 12.5px/1.7 var(--mono);overflow-wrap:anywhere}
.bar{display:block;margin-top:5px;max-width:100%}
.bar .used{fill:var(--measured)}
.bar .allowed{fill:var(--bound)}
`
