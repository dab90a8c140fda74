import { expectGolden } from './golden.js'

expectGolden('structured')
