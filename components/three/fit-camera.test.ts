import fc from "fast-check";
import { PerspectiveCamera, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { fitCamera, viewDirection } from "./fit-camera";

const axis = fc.integer({ min: -60, max: 60 });

describe("fitCamera", () => {
  it("sees every point, and touches an edge of the frame", () => {
    fc.assert(fc.property(fc.array(fc.tuple(axis, axis, axis), { minLength: 2, maxLength: 12 }), fc.double({ min: -0.8, max: 0.8, noNaN: true }), fc.double({ min: 0.1, max: 1.2, noNaN: true }), fc.double({ min: 0.4, max: 2.4, noNaN: true }), (points, yaw, pitch, aspect) => {
      fc.pre(points.some((p) => Math.hypot(p[0] - points[0]![0], p[1] - points[0]![1], p[2] - points[0]![2]) > 5));
      const { position, target } = fitCamera(points, { direction: viewDirection(yaw, pitch), fovDegrees: 30, aspect, fill: 0.9 });
      const camera = new PerspectiveCamera(30, aspect, 0.1, 5_000);
      camera.position.set(...position);
      camera.lookAt(...target);
      camera.updateMatrixWorld();
      const seen = points.map((p) => new Vector3(...p).project(camera));
      const widest = Math.max(...seen.flatMap((p) => [Math.abs(p.x), Math.abs(p.y)]));
      expect(widest).toBeLessThanOrEqual(0.9001);
      expect(widest).toBeGreaterThan(0.85);
    }));
  });
});
