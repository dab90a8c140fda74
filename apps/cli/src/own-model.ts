import { Option, type Command } from 'commander'
import { dataFile, notNegative, whole, wholes } from './arguments.js'
import { lazily } from './lazily.js'
import type { MakeAction } from './own-data.js'

/** Nodes of a graph that is tried; its pairs are squared in number. */
const LARGEST = 200

const help = `
MODEL is an ES module; its default export, the one called F, or the only function that it exports is called as

  F({ nodes, edges, mask }) → { nodes?, edges?, graph? }

nodes: n lists of numbers; edges[i][j]: a list of numbers; mask[i][j]: 1 if the ordered pair (i, j) exists, else 0.
Returned: a label for each node, one for each pair (n lists of n), one list of numbers for the whole graph; a label is
a number, a word, true or false, or a list of these. Each call gets copies. The function must not be async, and must
give the same labels each time: switch dropout off. What it prints goes to standard error.

The graphs tried have many ties (equal nodes, pairs 0 or 1, few pairs, no pair), for these show hidden use of positions.
For float32 functions give --tol 1e-4, for labels that are words or counts --exact.
Status 0: no violation found, which is evidence, no proof; 1: a counterexample, made small; 2: MODEL cannot be checked.

Example:
  nonconvex check-invariance model.mjs --nodes 3 --edges 2 --tol 1e-4`

/** The command that checks a user's function. */
export function addCheckInvariance(program: Command, action: MakeAction): void {
  program
    .command('check-invariance')
    .description('whether your own function of graphs depends on the order of the nodes')
    .argument('<model>', 'an ES module (.mjs) that exports the function', dataFile)
    .option('--export <name>', 'the export to check; default: default, F, or the only function')
    .addOption(new Option('--nodes <d>', 'features of a node').argParser(whole(0)).default(1))
    .addOption(new Option('--edges <e>', 'features of a pair').argParser(whole(0)).default(1))
    .addOption(
      new Option('--sizes <list>', 'numbers of nodes to try')
        .argParser(wholes(0, LARGEST))
        .default([1, 2, 3, 5, 8], '1,2,3,5,8'),
    )
    .addOption(
      new Option('--trials <n>', 'graphs of each size; 48 bring all kinds of ties')
        .argParser(whole(1))
        .default(50),
    )
    .addOption(
      new Option('--tol <x>', 'change of a label that is allowed, times 1 + the largest label')
        .argParser(notNegative)
        .default(1e-9),
    )
    .addOption(new Option('--exact', 'labels must be equal').conflicts('tol'))
    .addOption(new Option('--seed <n>', 'seed of the graphs').argParser(whole(0)).default(1))
    .addOption(
      new Option('--outputs <which>', 'labels to compare, of those returned')
        .choices(['nodes', 'edges', 'both'])
        .default('both'),
    )
    .option('--json', 'one JSON document on standard output')
    .addHelpText('after', help)
    .action(
      action(lazily(async () => (await import('./commands/check-invariance.js')).checkInvariance)),
    )
}
