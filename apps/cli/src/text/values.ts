import type { Json } from '@nonconvex/optim/claims'

/** A parameter's value as `--set` takes it: '10', 'true', '1,10,100'. */
export function valueText(value: Json, between = ','): string {
  if (Array.isArray(value)) return value.map((item: Json) => valueText(item)).join(between)
  return typeof value === 'string' ? value : JSON.stringify(value)
}
