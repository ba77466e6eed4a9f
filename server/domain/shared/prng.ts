/** A seeded source of randomness; domain code never reaches for another. */
export type Prng = {
  /** Uniform on [0, 1), 32 bits fine. */
  uniform: () => number;
  /** Standard normal: mean 0, standard deviation 1. */
  normal: () => number;
};

/** 32-bit hash of a text by FNV-1a; equal texts give equal numbers on every machine. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Splitmix32: spreads one number over as many unrelated words as are asked for. */
function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let word = state ^ (state >>> 16);
    word = Math.imul(word, 0x21f0aaad);
    word ^= word >>> 15;
    word = Math.imul(word, 0x735a2d97);
    return (word ^ (word >>> 15)) >>> 0;
  };
}

/**
 * Seeded generator sfc32; the same seed gives the same numbers in the same order on every machine.
 *
 *     normal = sqrt(-2 ln(1 - u1)) cos(2 pi u2)
 *
 * @param seed  any text; its FNV-1a hash is spread over the state by splitmix32
 * @returns uniform on [0, 1) and standard normal draws
 *
 * Convention: the first 12 words are thrown away, as its author advises; a normal draw uses two uniform draws.
 * Source: Doty-Humphrey, PractRand 0.95 (sfc32); Box and Muller, "A Note on the Generation of Random Normal Deviates", Ann. Math. Statist. 29(2), 1958.
 */
export function createPrng(seed: string): Prng {
  const next = splitmix32(hashText(seed));
  let a = next();
  let b = next();
  let c = next();
  let counter = 1;
  const word = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) word();

  const uniform = () => word() / 0x1_0000_0000;
  return { uniform, normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()) };
}
