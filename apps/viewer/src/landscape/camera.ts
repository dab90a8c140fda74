/** From where a surface over the plane is seen; angles in degrees. */
export interface Camera {
  /** by how much the plane is turned, anticlockwise seen from above */
  readonly turn: number
  /** how high the eye stands over the plane, 0 at its edge to 90 above it */
  readonly height: number
}

/** A point of the picture, in units of the plane, and how far behind the middle it lies. */
export interface Projected {
  readonly x: number
  /** downwards */
  readonly y: number
  readonly far: number
}

export type Projection = (x: number, y: number, z: number) => Projected

/** The view from far away: parallels stay parallel, so that depths can be compared. */
export function projection({ turn, height }: Camera): Projection {
  const [sin, cos] = sinCos(turn)
  const [up, along] = sinCos(height)
  return (x, y, z) => {
    const across = x * cos - y * sin
    const behind = x * sin + y * cos
    return { x: across, y: -(behind * up + z * along), far: behind * along - z * up }
  }
}

/** Unit vector from the plane towards the eye. */
export function towardsEye({ turn, height }: Camera): readonly [number, number, number] {
  const [sin, cos] = sinCos(turn)
  const [up, along] = sinCos(height)
  return [-along * sin, -along * cos, up]
}

const LOWEST = 10
const HIGHEST = 90

/**
 * The camera turned by so many degrees and raised by so many; it never sees the surface from below.
 */
export function moved({ turn, height }: Camera, by: number, up: number): Camera {
  return {
    turn: (((turn + by) % 360) + 360) % 360,
    height: Math.min(HIGHEST, Math.max(LOWEST, height + up)),
  }
}

function sinCos(degrees: number): [number, number] {
  const angle = (degrees * Math.PI) / 180
  return [Math.sin(angle), Math.cos(angle)]
}
