// For the files outside the packages; each package has its own three-line settings.
import { settings } from '@tooling/eslint'

export default [
  {
    ignores: [
      'packages/',
      'apps/',
      'report/',
      'results/',
      'tooling/workspace/',
      'tooling/bench/',
      '**/*.d.ts',
    ],
  },
  ...settings(import.meta.dirname),
]
