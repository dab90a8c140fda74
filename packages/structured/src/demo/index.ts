export { demoObjects } from './compose.js'
export { demoDetections, type DetectionOptions } from './demo-detections.js'
export { demoScene, demoScenes, type DemoOptions, type DemoScene } from './demo-scene.js'
export { demoPartner, demoVocabulary } from './names.js'
