/**
 * What the detector of `scenes --detections` does unless told otherwise: one without errors finds
 * the truth.
 */
export const detectionDefaults = { miss: 0.1, jitter: 0.05, spurious: 0.5 } as const
