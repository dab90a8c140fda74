// figures as data
export type {
  AreaMark,
  Axis,
  ContourMark,
  DotMark,
  Figure,
  Frame,
  IntervalMark,
  KeyedBase,
  KeyedMark,
  LineMark,
  Mark,
  MarkBase,
  Panel,
  RuleXMark,
  RuleYMark,
  TextMark,
  Tone,
  Values,
} from './figure.js'

// drawing them
export { drawFigure, stacksPanels, type DrawOptions } from './draw.js'
export { themes, type Theme } from './theme.js'
export { pointLooks, type PointKind, type PointLook } from './critical-points.js'
