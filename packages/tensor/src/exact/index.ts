export { exactDot, exactPower, Rational } from './rational.js'
