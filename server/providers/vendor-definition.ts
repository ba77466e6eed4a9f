import type { Env } from "@/server/platform/env";
import type { Capabilities, CapabilityName, VendorId } from "./capabilities";
import type { BudgetRule } from "./vendor-budget";
import type { HttpOptions, VendorClient } from "./vendor-client";

export type VendorVariable = {
  name: keyof Env & string;
  /** Whether a capability may run without it. */
  required: boolean;
  /** Names of programs and lists of feeds may be shown in errors; keys may not. */
  secret: boolean;
};

/** All that the registry knows of a vendor before it calls it. Each adapter exports one. */
export type VendorDefinition = {
  id: VendorId;
  name: string;
  /** Where a key is got, or where the terms of the free service stand. */
  signUpUrl: string;
  bases: Readonly<Record<string, string>>;
  variables: readonly VendorVariable[];
  /** The vendor's published limits, by what is set: a key often buys more. */
  budget(env: Env): BudgetRule;
  /** Of every call, unless it says otherwise. */
  defaults?: HttpOptions;
  /** `priority` 1 is asked first; all of `needs` must be set. */
  offers: Readonly<Partial<Record<CapabilityName, { priority: number; needs?: readonly (keyof Env & string)[] }>>>;
  /** Makes what it offers. What is off for want of a key may be left out or made: it is not handed on. */
  create(input: { env: Env; client: VendorClient }): Partial<Capabilities>;
};
