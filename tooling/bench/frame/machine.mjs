import { availableParallelism, cpus, loadavg } from 'node:os'

/** Where and on what a bench ran: times mean nothing without. */
export const machine = () => ({
  processor: cpus()[0]?.model ?? 'unknown',
  cores: availableParallelism(),
  node: process.versions.node,
  v8: process.versions.v8,
  platform: `${process.platform} ${process.arch}`,
  /** how many processes wanted a core in the last minute; above 0.5 or so a table says little */
  load: loadavg()[0],
})

export const machineLine = ({ processor, cores, node, v8, load }) =>
  `${processor}, ${cores} cores, load ${load.toFixed(1)} before; Node ${node}, V8 ${v8}`
