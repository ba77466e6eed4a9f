import fc from "fast-check";
import { PerspectiveCamera, Vector3 } from "three";
import { describe, expect, it } from "vitest";
import { fitCamera, viewDirection } from "./fit-camera";

const axis = fc.integer({ min: -60, max: 60 });

describe("fitCamera", () => {
  it("sees every point", () => {
    fc.assert(fc.property(fc.array(fc.tuple(axis, axis, axis), { minLength: 2, maxLength: 12 }), fc.double({ min: -0.8, max: 0.8, noNaN: true }), fc.double({ min: 0.1, max: 1.2, noNaN: true }), fc.double({ min: 0.4, max: 2.4, noNaN: true }), (points, yaw, pitch, aspect) => {
      fc.pre(points.some((p) => Math.hypot(p[0] - points[0]![0], p[1] - points[0]![1], p[2] - points[0]![2]) > 5));
      const { position, target } = fitCamera(points, { direction: viewDirection(yaw, pitch), fovDegrees: 30, aspect, insets: { top: 0.05, right: 0.05, bottom: 0.05, left: 0.05 } });
      const camera = new PerspectiveCamera(30, aspect, 0.1, 5_000);
      camera.position.set(...position);
      camera.lookAt(...target);
      camera.updateMatrixWorld();
      const seen = points.map((p) => new Vector3(...p).project(camera));
      const widest = Math.max(...seen.flatMap((p) => [Math.abs(p.x), Math.abs(p.y)]));
      expect(widest).toBeLessThanOrEqual(0.9001);
    }));
  });

  it("comes as near as the frame allows", () => {
    const box: [number, number, number][] = [-50, 50].flatMap((x) => [-30, 30].flatMap((y) => [-20, 20].map((z): [number, number, number] => [x, y, z])));
    const near = fitCamera(box, { direction: viewDirection(0.2, 0.4), fovDegrees: 30, aspect: 1.2, insets: { top: 0.05, right: 0.05, bottom: 0.05, left: 0.05 } });
    const camera = new PerspectiveCamera(30, 1.2, 0.1, 5_000);
    camera.position.set(...near.position);
    camera.lookAt(...near.target);
    camera.updateMatrixWorld();
    const widest = Math.max(...box.flatMap((p) => new Vector3(...p).project(camera).toArray().slice(0, 2).map(Math.abs)));
    expect(widest).toBeCloseTo(0.9, 3);
  });

  it("keeps each edge free as asked", () => {
    const box: [number, number, number][] = [-50, 50].flatMap((x) => [-30, 30].flatMap((y) => [-20, 20].map((z): [number, number, number] => [x, y, z])));
    const { position, target } = fitCamera(box, { direction: viewDirection(0.2, 0.4), fovDegrees: 30, aspect: 1.2, insets: { top: 0.2, right: 0.1, bottom: 0.04, left: 0 } });
    const camera = new PerspectiveCamera(30, 1.2, 0.1, 5_000);
    camera.position.set(...position);
    camera.lookAt(...target);
    camera.updateMatrixWorld();
    for (const point of box) {
      const { x, y } = new Vector3(...point).project(camera);
      expect(y <= 0.6001 && y >= -0.9201 && x <= 0.8001 && x >= -1.0001).toBe(true);
    }
  });
});
