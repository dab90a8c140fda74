import { readable } from '@nonconvex/optim/claims'

/** '1 network', '2 networks'. */
export const counted = (n: number, one: string): string =>
  `${readable(n)} ${one}${n === 1 ? '' : 's'}`
