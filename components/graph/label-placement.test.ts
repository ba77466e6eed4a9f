import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeLabels, type LabelCandidate, type PlacedLabel } from "./label-placement";

const bounds = { left: 0, top: 0, right: 800, bottom: 600 };
const label = (id: string, x: number, y: number, importance = 1): LabelCandidate => ({ id, x, y, radius: 8, width: 60, height: 16, importance });
const aScene = fc.uniqueArray(fc.record({ id: fc.string({ minLength: 1, maxLength: 4 }), x: fc.integer({ min: 0, max: 800 }), y: fc.integer({ min: 0, max: 600 }), radius: fc.integer({ min: 2, max: 20 }), width: fc.integer({ min: 20, max: 160 }), height: fc.constant(16), importance: fc.integer({ min: 1, max: 100 }) }), { selector: (l) => l.id, maxLength: 60 });
const sidesOf = (placed: readonly PlacedLabel[]) => new Map(placed.map((p) => [p.id, p.side]));

describe("placeLabels", () => {
  it("never lets one label cover another, and stays inside", () => {
    fc.assert(fc.property(aScene, (scene) => {
      const placed = placeLabels(scene, { bounds }).map((p) => ({ ...p, ...scene.find((l) => l.id === p.id)! }));
      placed.forEach((a, i) => {
        expect(a.left >= 0 && a.top >= 0 && a.left + a.width <= 800 && a.top + a.height <= 600).toBe(true);
        for (const b of placed.slice(i + 1)) expect(a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height).toBe(false);
      });
    }));
  });

  it("gives room to the more important", () => {
    const crowd = Array.from({ length: 30 }, (_, i) => label(`n${i}`, 400, 300, i));
    expect(placeLabels(crowd, { bounds })[0]!.id).toBe("n29");
  });

  it("is at rest: placing again with the same camera changes nothing", () => {
    fc.assert(fc.property(aScene, (scene) => {
      const first = placeLabels(scene, { bounds });
      const second = placeLabels(scene, { bounds, previous: sidesOf(first) });
      const third = placeLabels(scene, { bounds, previous: sidesOf(second) });
      expect(new Set(third.map((p) => p.id))).toEqual(new Set(second.map((p) => p.id)));
    }));
  });

  it("keeps a shown label against a newcomer of nearly the same importance", () => {
    const [a, b] = [label("a", 400, 300, 1), label("b", 402, 302, 1.1)];
    const crowded = { ...bounds, left: 340, right: 480, top: 280, bottom: 320 };
    expect(placeLabels([a, b], { bounds: crowded, previous: new Map([["a", "right"]]), limit: 1 })[0]!.id).toBe("a");
    expect(placeLabels([a, b], { bounds: crowded, limit: 1 })[0]!.id).toBe("b");
  });

  it("always shows the focused node, and nothing over a blocked box", () => {
    const blocked = [{ left: 0, top: 0, right: 800, bottom: 600 }];
    expect(placeLabels([label("a", 10, 10), { ...label("f", 20, 20), always: true }], { bounds, blocked }).map((p) => p.id)).toEqual(["f"]);
  });
});
