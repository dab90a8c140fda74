import { settings } from '@tooling/eslint'

export default settings(import.meta.dirname)
