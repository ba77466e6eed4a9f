import fc from "fast-check";
import { Matrix4, PerspectiveCamera, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { emptyProjection, pickPoint, projectPoints } from "./projected-points";

const camera = new PerspectiveCamera(40, 1.5, 0.1, 1_000);
camera.position.set(20, 40, 120);
camera.lookAt(0, 0, 0);
camera.updateMatrixWorld();
const matrix = new Matrix4().multiplyMatrices(camera.projectionMatrix, camera.matrixWorldInverse).elements;
const axis = fc.integer({ min: -50, max: 50 });

describe("projectPoints", () => {
  it("agrees with the camera's own projection", () => {
    fc.assert(fc.property(axis, axis, axis, (x, y, z) => {
      const out = emptyProjection(1);
      projectPoints(out, { positions: new Float32Array([x, y, z]), radii: new Float32Array([1]), matrix, width: 900, height: 600, pixelsPerUnit: 600 / 2 / Math.tan((20 * Math.PI) / 180) });
      const seen = new Vector3(x, y, z).project(camera);
      expect(out.x[0]).toBeCloseTo((seen.x / 2 + 0.5) * 900, 1);
      expect(out.y[0]).toBeCloseTo((0.5 - seen.y / 2) * 600, 1);
    }));
  });

  it("gives a point behind the camera no size, so that it cannot be picked", () => {
    const out = emptyProjection(1);
    projectPoints(out, { positions: new Float32Array([40, 80, 300]), radii: new Float32Array([5]), matrix, width: 900, height: 600, pixelsPerUnit: 800 });
    expect(out.radius[0]).toBe(0);
    expect(pickPoint(out, { x: out.x[0]!, y: out.y[0]! })).toBe(-1);
  });
});

describe("pickPoint", () => {
  const points = { count: 3, x: new Float32Array([100, 104, 300]), y: new Float32Array([100, 100, 100]), depth: new Float32Array([90, 50, 50]), radius: new Float32Array([10, 10, 0]) };
  it("prefers the node in front where two overlap", () => expect(pickPoint(points, { x: 102, y: 100 })).toBe(1));
  it("finds a node a little beside it, and nothing far away", () => expect([pickPoint(points, { x: 86, y: 100 }), pickPoint(points, { x: 200, y: 300 })]).toEqual([0, -1]));
  it("never picks a hidden node", () => expect(pickPoint(points, { x: 300, y: 100 })).toBe(-1));
});
