import { describe, expect, it } from "vitest";
import { createMessageAllowance } from "./message-allowance";

describe("message allowance", () => {
  it("takes a burst, then as many as it refills", () => {
    const allowance = createMessageAllowance({ burst: 3, perSecond: 2, patience: 10 });
    expect([0, 0, 0, 0].map((at) => allowance.take(at))).toEqual(["taken", "taken", "taken", "refused"]);
    expect(allowance.take(499)).toBe("refused");
    expect(allowance.take(1_000)).toBe("taken");
    expect(allowance.take(1_000)).toBe("taken");
    expect(allowance.take(1_000)).toBe("refused");
  });

  it("never saves up more than a burst, and puts out who keeps on", () => {
    const allowance = createMessageAllowance({ burst: 2, perSecond: 1, patience: 1 });
    allowance.take(0);
    expect([9e9, 9e9, 9e9, 9e9].map((at) => allowance.take(at))).toEqual(["taken", "taken", "refused", "exhausted"]);
  });

  it("is not refilled by a clock that steps back", () => {
    const allowance = createMessageAllowance({ burst: 1, perSecond: 1, patience: 5 });
    expect(allowance.take(5_000)).toBe("taken");
    expect(allowance.take(1_000)).toBe("refused");
  });
});
