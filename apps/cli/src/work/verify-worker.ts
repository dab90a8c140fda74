import { verifyResult, type Result, type Verification } from '@nonconvex/experiments'
import { faultOf, type Fault, readers } from './cell-worker.js'

/** What checking a result came to. */
export type VerifyReply = { readonly verification: Verification } | { readonly fault: Fault }

/** Checks a result again in this thread. */
export async function verify(result: Result): Promise<VerifyReply> {
  try {
    return { verification: await verifyResult(result, readers) }
  } catch (error) {
    return { fault: faultOf(error) }
  }
}
