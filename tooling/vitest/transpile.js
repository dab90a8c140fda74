import ts from 'typescript'

/** A module in TypeScript as one in JavaScript, its types removed and not checked. */
export function javaScriptOf(code) {
  const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 }
  return ts.transpileModule(code, { compilerOptions }).outputText
}
