export { concludePerceptron as conclude } from './conclude.js'
export { checkPerceptron as check, measurePerceptron as measure } from './measure.js'
