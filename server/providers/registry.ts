import { AppError } from "@/server/domain/app-error";
import type { Env } from "@/server/platform/env";
import type { FetchDeps } from "@/server/platform/fetch-text";
import type { Log } from "@/server/platform/log";
import type { RateLimiter } from "@/server/platform/rate-limiter";
import { CAPABILITY_METHODS, CAPABILITY_NAMES, type Capabilities, type CapabilityName, type CapabilityStatus, type CallOptions, type Providers, type StreamName, type VendorId } from "./capabilities";
import { createVendorBudget } from "./vendor-budget";
import { createVendorClient, isVendorsFault } from "./vendor-client";
import type { VendorDefinition } from "./vendor-definition";

export type ProvidersInput = { env: Env; vendors: readonly VendorDefinition[]; limiter: RateLimiter; log: Pick<Log, "warn">; deps: FetchDeps };

type Query = Record<string, unknown>;
type AnyMethod = (query: Query, options?: CallOptions) => Promise<unknown>;
type Tried = { provider: VendorId; code: string; message: string };

/** Builds the vendors whose keys are set and gives each capability the fallback from one to the next. */
export function createProviders({ env, vendors, limiter, log, deps }: ProvidersInput): Providers {
  const unknown = Array.isArray(env.PROVIDERS) ? env.PROVIDERS.filter((id) => !vendors.some((vendor) => vendor.id === id)) : [];
  if (unknown.length > 0) throw new Error(`Environment: PROVIDERS names no vendor of ours: ${unknown.join(", ")}`);
  const built = vendors.map((vendor) => build(vendor, { env, limiter, log, deps }));
  const offering = (capability: CapabilityName) =>
    built
      .filter(({ made, stateOf }) => stateOf(capability) === "on" && made[capability] !== undefined)
      .sort((a, b) => a.vendor.offers[capability]!.priority - b.vendor.offers[capability]!.priority);

  return {
    source<K extends Exclude<CapabilityName, StreamName>>(capability: K): Capabilities[K] {
      const method = CAPABILITY_METHODS[capability];
      const ask: AnyMethod = async (query, options) => {
        const tried: Tried[] = [];
        for (const { vendor, made } of offering(capability)) {
          try {
            const source = made[capability] as unknown as Record<string, AnyMethod>;
            return await source[method]!(query, options);
          } catch (error) {
            if (options?.signal?.aborted || !isVendorsFault(error)) throw error;
            tried.push({ provider: vendor.id, code: error.code, message: error.message });
          }
        }
        throw noneAnswered(capability, tried);
      };
      return { [method]: ask } as unknown as Capabilities[K];
    },
    stream(capability) {
      const first = offering(capability)[0];
      const source = first?.made[capability];
      return first && source ? { vendor: first.vendor.id, source } : null;
    },
    of: (id, capability) => offering(capability).find(({ vendor }) => vendor.id === id)?.made[capability] ?? null,
    vendorsWith: (capability) => offering(capability).map(({ vendor }) => vendor.id),
    status: () =>
      built.map(({ vendor, client, budget, stateOf, missingFor }) => ({
        vendor: vendor.id,
        name: vendor.name,
        signUpUrl: vendor.signUpUrl,
        variables: vendor.variables.map(({ name, required }) => ({ name, required, set: isSet(env, name) })),
        budget: budget.status(),
        capabilities: CAPABILITY_NAMES.filter((capability) => vendor.offers[capability]).map((capability) => ({
          capability,
          priority: vendor.offers[capability]!.priority,
          state: stateOf(capability),
          missing: missingFor(capability),
          ...client.health(capability),
        })),
      })),
  };
}

function build(vendor: VendorDefinition, { env, limiter, log, deps }: Omit<ProvidersInput, "vendors">) {
  const secrets = vendor.variables.filter(({ secret }) => secret).flatMap(({ name }) => [env[name]].flat().filter((value): value is string => typeof value === "string"));
  const budget = createVendorBudget({ vendor: vendor.id, rule: vendor.budget(env), limiter, deps });
  const client = createVendorClient({ id: vendor.id, bases: vendor.bases, baseOverride: env.PROVIDER_BASE_URLS[vendor.id], secrets, budget, log, deps, defaults: vendor.defaults });
  const missingFor = (capability: CapabilityName): string[] => (vendor.offers[capability]?.needs ?? []).filter((name) => !isSet(env, name));
  const switchedOn = env.PROVIDERS === "on" || (Array.isArray(env.PROVIDERS) && env.PROVIDERS.includes(vendor.id));
  const stateOf = (capability: CapabilityName): CapabilityStatus["state"] | "not-offered" =>
    !vendor.offers[capability] ? "not-offered" : missingFor(capability).length > 0 ? "key-missing" : switchedOn ? "on" : "switched-off";
  // A vendor that is off is not even built: libraries may open connections.
  const made: Partial<Capabilities> = switchedOn ? vendor.create({ env, client }) : {};
  return { vendor, budget, client, made, missingFor, stateOf: stateOf as (capability: CapabilityName) => CapabilityStatus["state"] };
}

const isSet = (env: Env, name: keyof Env): boolean => {
  const value = env[name];
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
};

function noneAnswered(capability: CapabilityName, tried: readonly Tried[]): AppError {
  const allBusy = tried.length > 0 && tried.every(({ code }) => code === "RATE_LIMITED");
  const message = tried.length === 0 ? `No provider is set up for ${capability}` : `No provider answers for ${capability}: ${tried.map(({ message }) => message).join("; ")}`;
  return new AppError(allBusy ? "RATE_LIMITED" : "UPSTREAM_UNAVAILABLE", message, { capability, tried, ...(tried.length === 0 && { reason: "not-configured" }) });
}
