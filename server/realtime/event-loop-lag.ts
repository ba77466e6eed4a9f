import { monitorEventLoopDelay } from "node:perf_hooks";

const RESOLUTION_MS = 10;
const WINDOW_MS = 60_000;

/** Watches how late this process's event loop runs: p99 over the last full minute, or over the running one when it is worse. */
export function watchEventLoopLag(): { p99Ms: () => number; stop: () => void } {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  // The histogram counts whole intervals of its own timer, so an idle loop reads the resolution itself.
  const p99 = () => (histogram.count === 0 ? 0 : Math.max(0, histogram.percentile(99) / 1e6 - RESOLUTION_MS));
  let lastMinute = 0;
  const timer = setInterval(() => {
    lastMinute = p99();
    histogram.reset();
  }, WINDOW_MS);
  timer.unref();
  return {
    p99Ms: () => Math.round(Math.max(lastMinute, p99()) * 100) / 100,
    stop() {
      clearInterval(timer);
      histogram.disable();
    },
  };
}
