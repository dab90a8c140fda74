export declare const layers: Record<string, readonly string[]>
export declare const forbiddenImports: (name: string) => object[]
