export { drawFigure } from './draw.js'
export type { DrawOptions } from './draw.js'
export { themes } from './theme.js'
export type { Theme } from './theme.js'
export type {
  Axis,
  Figure,
  Frame,
  Mark,
  Panel,
  Tone,
  Values,
  AreaMark,
  ContourMark,
  DotMark,
  IntervalMark,
  KeyedBase,
  KeyedMark,
  LineMark,
  MarkBase,
  RuleXMark,
  RuleYMark,
  TextMark,
} from './figure.js'
