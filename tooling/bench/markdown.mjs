// Turns what `node bench.mjs --json` prints into tables for a page: node bench.mjs --json | node
// markdown.mjs
import { text } from 'node:stream/consumers'
import { markdownLines } from './frame/markdown.mjs'

console.log(markdownLines(JSON.parse(await text(process.stdin))).join('\n'))
