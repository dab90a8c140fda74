/** A module in TypeScript as one in JavaScript, its types removed and not checked. */
export declare function javaScriptOf(code: string): string
