import { unit } from '@tooling/vitest'

export default unit('workspace')
