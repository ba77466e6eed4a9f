import fc from "fast-check";

/** The same cases for everybody, so that a red property is red again; FC_SEED looks at others. */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_121) });
