// Local strong convexity around a teacher.
export { zhongConstants, activationSlopes, type ZhongConstants } from './constants.js'
export { teacherCurvature, type TeacherCurvature } from './teacher.js'
export {
  teacherConvex,
  teacherConvexAttained,
  teacherRate,
  teacherBasin,
  type ZhongBasin,
  type ZhongRate,
  type ZhongTeacher,
} from './claims.js'
