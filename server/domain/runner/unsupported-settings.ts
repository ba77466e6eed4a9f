/** Settings of Inngest functions that the local runner does not act on. */
const UNSUPPORTED = ["debounce", "throttle", "rateLimit", "batchEvents", "priority", "singleton", "timeouts", "idempotency"] as const;

/** Names of the settings of a function that would have an effect on an Inngest server and have none here. */
export const unsupportedSettings = (config: Readonly<Record<string, unknown>>): string[] => UNSUPPORTED.filter((name) => config[name] !== undefined && config[name] !== null);
