import type { Claim } from '@nonconvex/optim/claims'
import { expect, it } from 'vitest'
import * as atlas from './atlas/index.js'
import * as baum from './baum/index.js'
import * as descent from './descent/index.js'
import * as samples from './samples/index.js'
import * as hardness from './hardness/index.js'
import * as root from './index.js'
import * as integral from './integral/index.js'
import * as leaky from './leaky/index.js'
import * as linearNets from './linear-nets/index.js'
import * as overlap from './overlap/index.js'
import * as restarts from './restarts/index.js'
import * as teacherStudent from './teacher-student/index.js'
import * as tightness from './tightness/index.js'
import * as zhong from './zhong/index.js'

const topics = {
  root,
  integral,
  descent,
  overlap,
  restarts,
  atlas,
  samples,
  leaky,
  linearNets,
  hardness,
  baum,
  teacherStudent,
  tightness,
  zhong,
}

const claims = Object.values(topics)
  .flatMap((topic) => Object.values<unknown>(topic))
  .filter(
    (each): each is Claim =>
      typeof each === 'object' && each !== null && 'evidence' in each && 'id' in each,
  )

it('has a stable id and a source for every claim', () => {
  expect(claims.length).toBeGreaterThan(50)
  expect(new Set(claims.map(({ id }) => id)).size).toBe(claims.length)
  for (const { id, source } of claims) {
    expect(id).toMatch(/^gaussian\/[a-z-]+$/)
    expect(Object.keys(source).length).toBeGreaterThan(0)
  }
})
