import * as certify from '../src/certify/index.js'
import * as generalization from '../src/generalization/index.js'
import * as bias from '../src/inductive-bias/index.js'
import * as perceptron from '../src/perceptron/index.js'
import * as relu from '../src/relu/index.js'
import * as root from '../src/index.js'

/** All that the entries by topic and the root export. */
export const api = { ...root, ...certify, ...generalization, ...bias, ...perceptron, ...relu }
