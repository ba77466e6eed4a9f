/** The providers that people may sign in with, by the names that people know them by, the same in every language. */
export const PROVIDER_NAMES = { google: "Google", apple: "Apple", github: "GitHub" } as const;
export type ProviderId = keyof typeof PROVIDER_NAMES;
