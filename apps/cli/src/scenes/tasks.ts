import type { SceneTask } from '@nonconvex/structured/recall'

/** Parts of VG150. */
export const splits = ['train', 'val', 'test', 'all'] as const

export const sceneModelNames = ['frequency', 'network', 'per-object'] as const
export type SceneModelName = (typeof sceneModelNames)[number]

/** How a network weighs the neighbors of a node. */
export const attentions = ['feature', 'neighbour', 'none'] as const

/** What a model can predict. */
export const tasks = ['predcls', 'sgcls'] as const satisfies readonly SceneTask[]

/** What predictions of any program can be evaluated for. */
export const measuredTasks = [...tasks, 'sggen', 'preddet', 'phrdet'] as const
export type MeasuredTask = (typeof measuredTasks)[number]

const titles: { readonly [task in MeasuredTask]: string } = {
  predcls: 'PredCls',
  sgcls: 'SGCls',
  sggen: 'SGGen',
  preddet: 'PredDet',
  phrdet: 'PhrDet',
}

/** Tasks as papers write them, for titles; recalls of different tasks are not comparable. */
export const taskTitle = (found: Iterable<MeasuredTask>): string =>
  [...found]
    .sort()
    .map((task) => titles[task])
    .join(' and ') || 'task unknown'
