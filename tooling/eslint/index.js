import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import globals from 'globals'
import tseslint from 'typescript-eslint'
import { forbiddenImports } from './layers.js'

const clock = 'a package takes time and chance as arguments; randomness comes from a Stream'

const powers =
  'the last bit of a power differs between engines: write x ** 2, 2 ** n or power(x, y)'

const packing = {
  selector: 'ObjectExpression > SpreadElement > ObjectExpression',
  message: 'write the properties themselves: formatting is left to the formatter',
}

/**
 * Rules for the files of a package under packages/: no Node, no clock, no chance, no default
 * exports.
 */
const packageOnly = {
  'no-restricted-properties': [
    'error',
    { object: 'Math', property: 'random', message: clock },
    { object: 'Date', property: 'now', message: clock },
    { object: 'Math', property: 'pow', message: powers },
  ],
  'no-restricted-syntax': [
    'error',
    packing,
    { selector: 'ExportDefaultDeclaration', message: 'packages have named exports only' },
    { selector: "NewExpression[callee.name='Date']", message: clock },
    {
      selector:
        ":matches(BinaryExpression[operator='**'], AssignmentExpression[operator='**=']):not([left.value=2], [right.value=2])",
      message: powers,
    },
  ],
}

/**
 * The ESLint settings of one workspace package. Rules that need types are oxlint's (oxlint.json); `dirname` is the folder that holds its
 * package.json.
 */
export function settings(dirname) {
  const { name } = JSON.parse(readFileSync(join(dirname, 'package.json'), 'utf8'))
  const inPackages = name.startsWith('@nonconvex/')
  return tseslint.config(
    {
      // what is built, and the viewer's copy in a packed command line
      ignores: [
        'dist/',
        'src/generated/',
        'assembly/',
        '.vitepress/',
        'reference/',
        'coverage/',
        'viewer/',
      ],
    },
    ...tseslint.configs.recommended,
    {
      linterOptions: { noInlineConfig: true },
      languageOptions: {
        globals: { ...globals.es2022 },
      },
      rules: {
        eqeqeq: 'error',
        'max-lines': ['warn', 400],
        'no-duplicate-imports': 'error',
        'no-console': inPackages ? 'error' : 'off',
        'no-restricted-syntax': ['error', packing],
        'no-warning-comments': [
          'error',
          { terms: ['todo', 'fixme', 'prettier-ignore', 'oxfmt-ignore'], location: 'anywhere' },
        ],
        'no-restricted-imports': ['error', { patterns: forbiddenImports(name) }],
        '@typescript-eslint/no-explicit-any': 'error',
        '@typescript-eslint/no-non-null-assertion': 'error',
        '@typescript-eslint/consistent-type-imports': [
          'error',
          { fixStyle: 'inline-type-imports' },
        ],
        '@typescript-eslint/no-unused-vars': [
          'error',
          { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
        ],
      },
    },
    ...(inPackages ? [{ files: ['src/**/*.ts'], rules: packageOnly }] : []),
    {
      files: ['**/*.test.ts', '**/*.bench.ts', 'test/**', 'bench/**', '*.config.ts'],
      rules: { 'no-console': 'off', 'no-restricted-syntax': ['error', packing] },
    },
    {
      files: ['**/*.js', '**/*.mjs'],
      languageOptions: { globals: globals.node },
    },
  )
}
