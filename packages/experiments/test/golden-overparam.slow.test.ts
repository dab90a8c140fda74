import { expectGolden } from './golden.js'

expectGolden('overparam')
