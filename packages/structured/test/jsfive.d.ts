declare module 'jsfive' {
  export class File {
    constructor(bytes: ArrayBufferLike, name: string)
    readonly keys: readonly string[]
    get(name: string): unknown
  }
}
