import { basename } from 'node:path'
import type { Finding } from '@nonconvex/experiments'
import type { Json } from '@nonconvex/optim/claims'
import * as v from 'valibot'
import { commandLine, type Declaration } from '../command-line/declaration.js'
import { dataFile } from '../command-line/values.js'

/** The flags that a model was made with, as its document has them. */
export type KeptFlags = { readonly [name: string]: KeptValue }

type KeptValue = string | number | boolean | readonly (string | number)[]

export const keptFlagsSchema: v.GenericSchema<unknown, KeptFlags> = v.record(
  v.string(),
  v.union([v.string(), v.number(), v.boolean(), v.array(v.union([v.string(), v.number()]))]),
)

/** A model is the same wherever it is written, and whether its training was interrupted. */
const left: readonly string[] = ['out', 'resume']

const isKept = ({ flags }: Declaration, name: string): boolean =>
  Object.hasOwn(flags, name) && !flags[name].session && !left.includes(name)

/**
 * The flags of a command line that a document keeps: those that make the model, with files by their
 * names, since a document says nothing of the folders of a machine.
 */
export const keptFlags = (
  declaration: Declaration,
  flags: { readonly [name: string]: unknown },
): KeptFlags =>
  Object.fromEntries(
    Object.entries(declaration.flags).flatMap(([name, { parse }]) => {
      const value = flags[name] as KeptValue | undefined
      if (value === undefined || !isKept(declaration, name)) return []
      return [[name, parse === dataFile ? basename(String(value)) : value]]
    }),
  )

/** The commands on a model's page: the one that makes it, in the folder of its data, and one use. */
export const fitCommands = (
  declaration: Declaration,
  file: string,
  flags: KeptFlags,
): readonly string[] => [
  commandLine(declaration, [file], { ...flags, out: 'MODEL' }),
  'nonconvex evaluate MODEL DATA',
]

/** Flags that the command does not have, or that are not those of the recorded parameters. */
export const flagFindings = (
  declaration: Declaration,
  flags: KeptFlags,
  parameters: { readonly [name: string]: Json | undefined },
): readonly Finding[] =>
  Object.entries(flags).flatMap(([name, recorded]): readonly Finding[] => {
    const path = `flags.${name}`
    if (!isKept(declaration, name)) return [{ path, message: 'no such flag makes a model' }]
    const recomputed = parameters[name]
    return recomputed === undefined || recomputed === recorded
      ? []
      : [{ path, message: 'differs from the recorded parameter', recorded, recomputed }]
  })
