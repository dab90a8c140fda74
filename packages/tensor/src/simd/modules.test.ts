import { expect, it } from 'vitest'
import { bytes as gemm } from '../generated/gemm.js'
import { bytes as philox } from '../generated/philox.js'
import { bytes as vector } from '../generated/vector.js'

it.each(Object.entries({ gemm, philox, vector }))(
  'keeps the %s module below the 4 KiB that every browser compiles on its main thread',
  (_, base64) => {
    expect(atob(base64).length).toBeLessThanOrEqual(4096)
  },
)
