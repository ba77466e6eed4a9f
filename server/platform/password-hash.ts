import { hash, verify } from "@node-rs/argon2";

export type PasswordHasher = {
  hash(password: string): Promise<string>;
  /** Takes the same time when there is no hash, and is false then. */
  verify(hash: string | null, password: string): Promise<boolean>;
};

/** Nobody's: a random password that was thrown away, hashed with the parameters in force. */
let decoy: Promise<string> | null = null;

/** Argon2id with the parameters that OWASP recommends, which are the library's own: 19 MiB, two passes. */
export const argon2Hasher: PasswordHasher = {
  hash: (password) => hash(password),
  async verify(known, password) {
    decoy ??= hash(crypto.randomUUID());
    const same = await verify(known ?? (await decoy), password);
    return known !== null && same;
  },
};
