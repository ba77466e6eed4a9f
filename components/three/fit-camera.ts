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

/** Shares of the frame that stay free at each edge, for what stands over the picture. */
export type FrameInsets = { top: number; right: number; bottom: number; left: number };

const NO_INSETS: FrameInsets = { top: 0, right: 0, bottom: 0, left: 0 };

/**
 * Where a perspective camera must stand, looking along a direction, to see all points inside the frame less its insets,
 * with the least room to spare.
 */
export function fitCamera(points: readonly Point[], { direction, fovDegrees, aspect, insets = NO_INSETS }: { direction: Point; fovDegrees: number; aspect: number; insets?: FrameInsets }): CameraPlace {
  const back = unit(direction);
  const right = unit(cross([0, 1, 0], back));
  const up = cross(back, right);
  const seen = points.map((p): Point => [dot(p, right), dot(p, up), dot(p, back)]);
  const tanY = Math.tan((fovDegrees * Math.PI) / 360);
  const tanX = tanY * aspect;
  // A point stays inside the high edge when x - c <= (d - z) tanHigh, and inside the low one when c - x <= (d - z) tanLow.
  const bound = (axis: 0 | 1, tanHigh: number, tanLow: number) => {
    const high = Math.max(...seen.map((p) => p[axis] + p[2] * tanHigh));
    const low = Math.min(...seen.map((p) => p[axis] - p[2] * tanLow));
    return { distance: (high - low) / (tanHigh + tanLow), centre: (d: number) => (high - d * tanHigh + low + d * tanLow) / 2 };
  };
  const horizontal = bound(0, tanX * (1 - 2 * insets.right), tanX * (1 - 2 * insets.left));
  const vertical = bound(1, tanY * (1 - 2 * insets.top), tanY * (1 - 2 * insets.bottom));
  // Points in one line with the camera ask for no width at all; it still stands in front of the nearest.
  const distance = Math.max(horizontal.distance, vertical.distance, Math.max(...seen.map((p) => p[2])) + 1);
  const place = (depth: number): [number, number, number] => [0, 1, 2].map((i) => right[i]! * horizontal.centre(distance) + up[i]! * vertical.centre(distance) + back[i]! * depth) as [number, number, number];
  return { position: place(distance), target: place(0) };
}
