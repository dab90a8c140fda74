import { once } from 'node:events'
import { checkInThread, type ThreadJob } from '../invariance/check-in-thread.js'

// The process of a check: it is killed when the check has ended, whatever the user's function is in.
const [{ job, timeout }] = (await once(process, 'message')) as [
  { readonly job: ThreadJob; readonly timeout: number },
]
process.send?.(await checkInThread(job, { stderr: process.stderr, timeout }))
