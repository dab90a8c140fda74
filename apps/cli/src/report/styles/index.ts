import { filterStyles } from '../contents.js'
import { contentsStyles } from './contents.js'
import { ledgerStyles } from './ledger.js'
import { pageStyles } from './page.js'
import { printStyles } from './print.js'
import { sectionStyles } from './section.js'

/** The report's style sheet, without fonts and KaTeX's rules. */
export const styles: string = [
  pageStyles,
  contentsStyles,
  filterStyles,
  ledgerStyles, sectionStyles, printStyles].join('\n')
