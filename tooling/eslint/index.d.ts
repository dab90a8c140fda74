import type { Linter } from 'eslint'
export declare const settings: (dirname: string) => Linter.Config[]
