import { expectGolden } from './golden.js'

expectGolden('gaussian')
