export type Vec3 = readonly [number, number, number];

/** Floats per curve: four control points of a cubic Bézier. */
export const CURVE_FLOATS = 12;

/**
 * Control points of the curve between two nodes, written at `offset`.
 * Between layers the curve leaves and arrives vertically, so that edges of one hub bundle; within a layer it arches over it,
 * higher the farther it reaches. `bow` (about -1 to 1) pushes parallel edges apart sideways.
 */
export function writeEdgeCurve(out: Float32Array, offset: number, { from, to, bow = 0 }: { from: Vec3; to: Vec3; bow?: number }): void {
  const [x0, y0, z0] = from;
  const [x1, y1, z1] = to;
  const [dx, dy, dz] = [x1 - x0, y1 - y0, z1 - z0];
  const flat = Math.hypot(dx, dz);
  const sameLayer = Math.abs(dy) < 1e-6;
  const side = flat > 1e-9 ? bow * Math.min(4, flat * 0.12) : 0;
  const [sx, sz] = flat > 1e-9 ? [(-dz / flat) * side, (dx / flat) * side] : [0, 0];
  const lift = sameLayer ? 1.2 + flat * 0.16 : 0;
  const reach = sameLayer ? 0.22 : 0.04;
  const pull = sameLayer ? 0 : dy * 0.46;
  out.set([x0, y0, z0], offset);
  out.set([x0 + dx * reach + sx, y0 + pull + lift, z0 + dz * reach + sz], offset + 3);
  out.set([x1 - dx * reach + sx, y1 - pull + lift, z1 - dz * reach + sz], offset + 6);
  out.set([x1, y1, z1], offset + 9);
}

/** The point of a curve at t in [0, 1]. */
export function curvePoint(curves: Float32Array, offset: number, t: number): [number, number, number] {
  const u = 1 - t;
  const [a, b, c, d] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t];
  const at = (axis: number) => a * curves[offset + axis]! + b * curves[offset + 3 + axis]! + c * curves[offset + 6 + axis]! + d * curves[offset + 9 + axis]!;
  return [at(0), at(1), at(2)];
}
