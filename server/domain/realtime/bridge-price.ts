import { AppError } from "@/server/domain/app-error";
import { createPrng } from "@/server/domain/shared/prng";

/**
 * Simulated price inside one trading session: a seeded path that starts and ends at a given level.
 *
 *     P(t) = L exp(s B(t)),   B(0) = B(1) = 0,   B((l + r) / 2) = (B(l) + B(r)) / 2 + sqrt(r - l) / 2 * Z,   Z ~ N(0, 1)
 *
 * B is a standard Brownian bridge built by halving. Each Z is seeded by its own place in the session, so a price is a function of
 * time alone: it is the same after a restart and in every process, and any instant can be asked for without those before it.
 *
 * @param path.level  L: the close that the path leaves and returns to, > 0
 * @param path.volatilityPerSession  s: standard deviation of one session's log return, fraction, >= 0
 * @param path.seed  names the path: seed of the feed, symbol and session
 * @param path.halvings  how often the session is halved, 0 to 30; below that the path is straight. 2^15 parts of a 6.5 h session are 0.7 s each
 * @param t  part of the session that has passed, fraction, 0 to 1
 * @returns price in the unit of `level`, > 0, not rounded
 * @throws AppError INVALID_INPUT when t or a parameter is outside its range or not finite
 *
 * Convention: no drift; the return to L keeps a simulated session from contradicting the stored closes around it.
 * Source: Glasserman, "Monte Carlo Methods in Financial Engineering", 2004, section 3.1 (Brownian bridge construction).
 * Worked: L = 100, s = 0.02, Z(1/2) = 1.5, t = 1/2 -> 100 exp(0.02 * 1.5 / 2) = 101.5113; t = 1/4 with no further halving -> 100 exp(0.0075) = 100.7528
 */
export function bridgePrice(
  path: { level: number; volatilityPerSession: number; seed: string; halvings: number },
  t: number,
  normalAt: (place: string) => number = (place) => createPrng(place).normal(),
): number {
  const { level, volatilityPerSession, seed, halvings } = path;
  if (!(level > 0) || !Number.isFinite(level)) throw new AppError("INVALID_INPUT", "A path needs a level above zero", { field: "level" });
  if (!(volatilityPerSession >= 0) || !Number.isFinite(volatilityPerSession)) throw new AppError("INVALID_INPUT", "Volatility is not negative", { field: "volatilityPerSession" });
  if (!Number.isInteger(halvings) || halvings < 0 || halvings > 30) throw new AppError("INVALID_INPUT", "A session is halved 0 to 30 times", { field: "halvings" });
  if (!(t >= 0 && t <= 1)) throw new AppError("INVALID_INPUT", "The part of a session lies between 0 and 1", { field: "t" });

  let left = { at: 0, value: 0 };
  let right = { at: 1, value: 0 };
  for (let depth = 0; depth < halvings; depth++) {
    const width = right.at - left.at;
    const at = left.at + width / 2;
    const middle = { at, value: (left.value + right.value) / 2 + (Math.sqrt(width) / 2) * normalAt(`${seed}@${at}`) };
    if (t < at) right = middle;
    else left = middle;
  }
  const share = (t - left.at) / (right.at - left.at);
  return level * Math.exp(volatilityPerSession * (left.value + share * (right.value - left.value)));
}
