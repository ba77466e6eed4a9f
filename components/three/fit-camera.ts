type Point = readonly [number, number, number];
export type CameraPlace = { position: [number, number, number]; target: [number, number, number] };

const dot = (a: Point, b: Point) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Point, b: Point): Point => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const unit = (a: Point): Point => {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
};

/** Unit vector from the target to a camera that stands `yaw` to the right of the front and `pitch` above it, radians. */
export const viewDirection = (yaw: number, pitch: number): Point => [Math.sin(yaw) * Math.cos(pitch), Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch)];

/**
 * Where a perspective camera must stand, looking along a direction, to see all points with the least room to spare.
 * The target is moved within the picture plane so that the points fill the frame evenly, `fill` (0 to 1] of it.
 */
export function fitCamera(points: readonly Point[], { direction, fovDegrees, aspect, fill = 0.94 }: { direction: Point; fovDegrees: number; aspect: number; fill?: number }): CameraPlace {
  const back = unit(direction);
  const right = unit(cross([0, 1, 0], back));
  const up = cross(back, right);
  const seen = points.map((p): Point => [dot(p, right), dot(p, up), dot(p, back)]);
  const tanY = Math.tan((fovDegrees * Math.PI) / 360) * fill;
  const tanX = tanY * aspect;
  // A point stays inside the right edge when x - cx <= (d - z) tan, so the tightest pair of opposite edges gives centre and distance.
  const bound = (axis: 0 | 1, tan: number) => {
    const high = Math.max(...seen.map((p) => p[axis] + p[2] * tan));
    const low = Math.min(...seen.map((p) => p[axis] - p[2] * tan));
    return { centre: (high + low) / 2, distance: (high - low) / 2 / tan };
  };
  const [horizontal, vertical] = [bound(0, tanX), bound(1, tanY)];
  const distance = Math.max(horizontal.distance, vertical.distance, 1);
  const place = (depth: number): [number, number, number] => [0, 1, 2].map((i) => right[i]! * horizontal.centre + up[i]! * vertical.centre + back[i]! * depth) as [number, number, number];
  return { position: place(distance), target: place(0) };
}
