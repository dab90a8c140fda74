/** Small screens, and A4: the ledger first, nothing split that belongs together. */
export const printStyles = `
@media screen and (max-width:720px){
body{padding:28px 18px 64px}
h1{font-size:28px}
.columns{display:none}
.contents{margin:-28px -18px 22px;padding:9px 18px}
.key dl{grid-template-columns:1fr}
.key dd{margin-bottom:6px}
.ledger,.ledger tbody,.ledger tr,.ledger td{display:block;width:auto!important;padding:0}
.ledger thead{display:none}
.ledger tr{padding:12px 0}
.ledger td{padding:1px 0!important}
.ledger tr.more{padding:0 0 4px}
.ledger .used:has(*){display:flex!important;flex-wrap:wrap;align-items:center;gap:0 12px}
.ledger .used:has(.bar)::after{content:"log scale"}
.bar{margin-top:0}
.columns+.part{margin-top:22px}
.ledger .more td:first-child{display:none}
.more li{grid-template-columns:1fr}
.more li>:last-child{display:none}
.claims>li{grid-template-columns:1fr}
.symbols{columns:1}
.data,.data.wide{font-size:12.5px}
.data td.short{white-space:normal}
.data :is(th,td),.data.wide :is(th,td){padding-right:14px}
.page-wide{display:none}
.phone-wide{display:revert}
figure svg{width:100%}
.katex-display>.katex{font-size:1em}
}
@page{size:A4;margin:14mm 15mm 15mm}
@media print{
:root{--soft:#555d65}
body{max-width:none;padding:0;font-size:9pt}
.mark{gap:5px}
h1{font-size:23pt}
h2{font-size:13.5pt}
h3{font-size:11.5pt;margin-top:14pt}
h4{font-size:9.5pt}
.lead{font-size:12pt}
.about{font-size:9.5pt;max-width:none}
.counts{font-size:8.5pt}
.ledger,.ledger .claim b{font-size:9pt}
.ledger .verdict{font-size:8.5pt}
.columns{grid-template-columns:15% 42% 15% 10% 18%}
.ledger col:nth-child(1){width:15%}
.ledger col:nth-child(2){width:42%}
.ledger col:nth-child(4){width:10%}
.ledger col:nth-child(5){width:18%}
.ledger .experiment{font-size:7.5pt}
.ledger .experiment span,details{font-size:8pt}
.ledger td,.ledger th{padding-right:8pt;padding-top:3pt;padding-bottom:3pt;line-height:1.3!important}
.part h2{font-size:13pt}
.columns{font-size:8pt}
.contents,.up,.anchor,.rows,.long,.medium,.key,.more,.data-links,.counts input{display:none}
.claims,.claims>li{box-shadow:none!important}
.claims{columns:2;column-gap:16pt;margin-top:6pt}
.claims>li{display:block;padding:4pt 0 5pt}
.claims .verdict,.claims>li>div,.claims h4{display:inline}
.claims .mark{font-size:0;gap:0}
.claims .mark svg{width:8pt;height:8pt;margin-right:3pt;vertical-align:-1pt}
.claims h4,.claims p,.facts,.condition{font-size:8pt!important;line-height:1.35!important}
.hypotheses li{display:block}
.hypotheses .word::after{content:": "}
section.experiment{margin-top:16pt}
section.experiment h3{display:none}
.shared{margin-top:5pt}
figure{display:inline-block;width:100%;margin-top:9pt;vertical-align:top}
figure:not(:only-of-type){width:48.5%}
figure:not(:only-of-type):nth-of-type(odd){margin-right:2%}
figure svg{max-height:48mm;max-width:100%;width:auto;margin:auto}
figcaption{margin-top:3pt;font-size:7pt!important;line-height:1.3}
.scroll{margin-top:9pt}
.about{line-height:1.4;margin-top:3pt}
.formula{margin:4pt 0}
.symbols{columns:3!important;column-gap:14pt;font-size:7.5pt!important;line-height:1.3}
.source,.command{margin-top:3pt;padding:0;font-size:7.5pt!important;background:none;max-width:none}
.command code{font-size:7.5pt}
summary::before{content:none!important}
.formula{font-size:10pt}
.symbols code{font-size:7.5pt}
.how,.shared{font-size:8.5pt}
.interactive{display:none}
.command{break-before:avoid}
section.experiment>h2{margin-top:0;padding:0;max-width:none}
.claims .verdict,.symbols,.hypotheses,.data,.data caption,figcaption,.source,.data-links{font-size:8.5pt}
h1,h2,h3,h4,.data caption,.shared{break-after:avoid}
caption{break-after:avoid}
.data.wide{font-size:6.5pt}
.data.wide td{padding-top:2pt;padding-bottom:2pt}
.data.wide :is(th,td){padding-right:5pt}
tr,li,figure,.whole,.formula,.command,.symbols{break-inside:avoid}
figcaption{break-before:avoid}
.scroll{overflow:visible}
a{text-decoration:none}
.bar,.mark,.command,figure{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
`
