export { arrowBetween, pointOn, type Arrow, type ArrowOptions, type Point } from './arrow.js'
export { escapeXml } from './escape-xml.js'
export { overlapArea, placeLabels, textWidth, type Rect } from './place-labels.js'
