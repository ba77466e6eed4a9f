import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { headlineBands, headlineLikeness, SAME_HEADLINE, telling } from "./headline-likeness";

const likeness = (a: string, b: string) => headlineLikeness(telling(a), telling(b));
const share = (a: string, b: string) => headlineBands(a).some((band) => headlineBands(b).includes(band));
const words = fc.uniqueArray(fc.stringMatching(/^[b-y]{5,9}[0-9]$/), { minLength: 4, maxLength: 14 });

describe("headlineLikeness", () => {
  it("takes a headline that was sent again for the same", () => {
    expect(likeness("Apple beats estimates", "UPDATE 2-Apple beats the estimates")).toBe(1);
    expect(likeness("Fed raises rates by 25 basis points", "Fed raises rates by 25 basis points - Reuters")).toBe(1);
    expect(likeness("Kodak shares rise after bankruptcy denial", "Kodak share rises after a bankruptcy denial")).toBe(1);
  });

  it("keeps headlines apart that differ in their figure or their company", () => {
    expect(likeness("Oil rises 2% on supply fears", "Oil rises 5% on demand hopes")).toBeLessThan(SAME_HEADLINE);
    expect(likeness("Ford to cut 1,000 jobs in Germany", "Opel to cut 3,000 jobs in Spain")).toBeLessThan(SAME_HEADLINE);
  });

  it("is symmetric and 1 for a headline and itself", () => {
    fc.assert(fc.property(words, words, (a, b) => {
      expect(likeness(a.join(" "), b.join(" "))).toBe(likeness(b.join(" "), a.join(" ")));
      expect(likeness(a.join(" "), a.join(" "))).toBe(1);
    }));
  });
});

describe("headlineBands", () => {
  it("does not depend on the order of the words", () => {
    fc.assert(fc.property(words, (list) => {
      expect(headlineBands([...list].reverse().join(" "))).toEqual(headlineBands(list.join(" ")));
    }));
  });

  it("finds nearly every pair that shares at least three quarters of its words, and few that share none", () => {
    let found = 0;
    let strangers = 0;
    const of = (n: number, from: number) => Array.from({ length: n }, (_, k) => `word${from + k}x${(from + k) * 7}`);
    for (let round = 0; round < 300; round++) {
      const base = of(8, round * 40);
      if (share(base.join(" "), [...base.slice(0, 7), `other${round}`].join(" "))) found++;
      if (share(base.join(" "), of(8, round * 40 + 20).join(" "))) strangers++;
    }
    expect(found / 300).toBeGreaterThan(0.95);
    expect(strangers).toBe(0);
  });

  it("gives none for headlines too short to tell", () => {
    expect(headlineBands("Market update")).toEqual([]);
    expect(headlineBands("")).toEqual([]);
  });

  it("gives integers that a double and a bigint hold exactly", () => {
    fc.assert(fc.property(words, (list) => headlineBands(list.join(" ")).every((band) => Number.isSafeInteger(band) && band >= 0)));
  });
});
