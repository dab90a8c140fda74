export { demoObjects } from './compose.js'
export { demoDetections, type DetectionOptions } from './demo-detections.js'
export { demoScene, demoScenes, type DemoOptions, type DemoScene } from './demo-scene.js'
export { editedDemoScene, type DemoEdit } from './edited-scene.js'
export { labeledDemo } from './labeled-demo.js'
export { demoPartner, demoVocabulary } from './names.js'

// Claims about predictors on these scenes.
export {
  demoAmbiguousObjects,
  demoAttentionLooks,
  demoGainIsContext,
  demoRecall,
} from './claims.js'
