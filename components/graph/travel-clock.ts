export type TravelClock = {
  /** Seconds of play; read by the drawing each frame without a render. */
  time: { current: number };
  playing: () => boolean;
  speed: () => number;
  play: () => void;
  pause: () => void;
  seek: (time: number) => void;
  setSpeed: (speed: number) => void;
  setDuration: (duration: number) => void;
  /** Called on every change of time, and when play starts or stops. */
  subscribe: (listener: () => void) => () => void;
};

/** Runs the travelling shock outside React: only what shows a changed number renders. `still` jumps to the end instead of moving. */
export function createTravelClock({ still, now = () => performance.now(), frame = (run) => requestAnimationFrame(run) }: { still: () => boolean; now?: () => number; frame?: (run: () => void) => unknown }): TravelClock {
  const time = { current: 0 };
  const listeners = new Set<() => void>();
  let [playing, speed, duration, last] = [false, 1, 0, 0];
  const tell = () => listeners.forEach((listener) => listener());
  const tick = () => {
    if (!playing) return;
    const at = now();
    // A tab that slept must not skip the whole journey.
    time.current = Math.min(duration, time.current + (Math.min(at - last, 100) / 1_000) * speed);
    last = at;
    playing = time.current < duration;
    tell();
    if (playing) frame(tick);
  };
  return {
    time,
    playing: () => playing,
    speed: () => speed,
    play: () => {
      if (playing || duration === 0) return;
      if (still()) {
        time.current = duration;
        return tell();
      }
      if (time.current >= duration) time.current = 0;
      [playing, last] = [true, now()];
      tell();
      frame(tick);
    },
    pause: () => {
      playing = false;
      tell();
    },
    seek: (to) => {
      playing = false;
      time.current = Math.min(duration, Math.max(0, to));
      tell();
    },
    setSpeed: (to) => {
      speed = to;
      tell();
    },
    setDuration: (to) => {
      duration = to;
      [playing, time.current] = [false, to];
      tell();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
