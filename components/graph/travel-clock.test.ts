import { describe, expect, it } from "vitest";
import { createTravelClock } from "./travel-clock";

function clockwork(still = false) {
  let now = 0;
  let pending: (() => void) | null = null;
  const clock = createTravelClock({ still: () => still, now: () => now, frame: (run) => (pending = run) });
  const advance = (ms: number) => {
    now += ms;
    const run = pending;
    pending = null;
    run?.();
  };
  return { clock, advance };
}

describe("travel clock", () => {
  it("plays to the end and stops there", () => {
    const { clock, advance } = clockwork();
    clock.setDuration(0.25);
    clock.seek(0);
    clock.play();
    advance(100);
    expect([clock.time.current, clock.playing()]).toEqual([0.1, true]);
    advance(100);
    advance(100);
    expect([clock.time.current, clock.playing()]).toEqual([0.25, false]);
  });

  it("starts over when played at the end, and runs faster on request", () => {
    const { clock, advance } = clockwork();
    clock.setDuration(1);
    clock.setSpeed(2);
    clock.play();
    advance(50);
    expect(clock.time.current).toBeCloseTo(0.1);
  });

  it("jumps to the end for people who asked for less motion", () => {
    const { clock } = clockwork(true);
    clock.setDuration(3);
    clock.seek(0);
    clock.play();
    expect([clock.time.current, clock.playing()]).toEqual([3, false]);
  });

  it("does not skip the journey after a sleeping tab wakes", () => {
    const { clock, advance } = clockwork();
    clock.setDuration(5);
    clock.seek(0);
    clock.play();
    advance(60_000);
    expect(clock.time.current).toBeCloseTo(0.1);
  });
});
