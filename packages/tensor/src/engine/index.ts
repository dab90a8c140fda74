export type { Backend, WasmPaths } from './backends.js'
export type { Initializer, InitializerKind } from './initializer.js'
export { EngineError } from './load.js'
export { startEngine, type Engine, type EngineOptions } from './start.js'
