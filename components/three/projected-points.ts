/** Where points of the scene stand on the screen: x, y in px from the top left, depth in scene units from the camera, radius in px. */
export type ProjectedPoints = { count: number; x: Float32Array; y: Float32Array; depth: Float32Array; radius: Float32Array };

export const emptyProjection = (count: number): ProjectedPoints => ({ count, x: new Float32Array(count), y: new Float32Array(count), depth: new Float32Array(count), radius: new Float32Array(count) });

/**
 * Projects points by a column-major view-projection matrix into `out`, without allocating. A point behind the camera gets radius 0.
 * @param options.pixelsPerUnit  px that one scene unit takes at depth 1: height / (2 tan(fov / 2))
 */
export function projectPoints(
  out: ProjectedPoints,
  { positions, radii, matrix, width, height, pixelsPerUnit }: { positions: Float32Array; radii: Float32Array; matrix: ArrayLike<number>; width: number; height: number; pixelsPerUnit: number },
): void {
  const m = matrix;
  for (let i = 0; i < out.count; i += 1) {
    const [px, py, pz] = [positions[i * 3]!, positions[i * 3 + 1]!, positions[i * 3 + 2]!];
    const w = m[3]! * px + m[7]! * py + m[11]! * pz + m[15]!;
    const behind = w <= 1e-6;
    out.x[i] = behind ? -1e4 : (((m[0]! * px + m[4]! * py + m[8]! * pz + m[12]!) / w) * 0.5 + 0.5) * width;
    out.y[i] = behind ? -1e4 : (0.5 - ((m[1]! * px + m[5]! * py + m[9]! * pz + m[13]!) / w) * 0.5) * height;
    out.depth[i] = w;
    out.radius[i] = behind ? 0 : (radii[i]! * pixelsPerUnit) / w;
  }
}

/** The point under the pointer: the one whose centre is nearest relative to its size, the front one when two are as near; -1 when none. */
export function pickPoint(points: ProjectedPoints, { x, y, slack = 6 }: { x: number; y: number; slack?: number }): number {
  let best = -1;
  let bestCost = Infinity;
  for (let i = 0; i < points.count; i += 1) {
    const radius = points.radius[i]!;
    if (radius <= 0) continue;
    const distance = Math.hypot(points.x[i]! - x, points.y[i]! - y);
    if (distance > radius + slack) continue;
    // Inside its disc the front node wins; outside, the nearest rim.
    const cost = Math.max(0, distance - radius) * 10 + points.depth[i]! * 0.05 + distance / (radius + slack);
    if (cost < bestCost) [best, bestCost] = [i, cost];
  }
  return best;
}
