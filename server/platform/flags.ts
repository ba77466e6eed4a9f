/** A switch of the running product. `removeBy` is when the code must do without it; what is past stands out on the admin page. */
export type FlagDefinition = { default: boolean; owner: string; removeBy: string; meaning: string };

export const FLAGS = {
  registration: { default: true, owner: "account", removeBy: "2027-11-30", meaning: "New people may register" },
  mailDelivery: { default: true, owner: "account", removeBy: "2027-11-30", meaning: "Mails leave by SMTP; off, they wait in the outbox" },
} as const satisfies Record<string, FlagDefinition>;

export type FlagName = keyof typeof FLAGS;
export type Flags = Record<FlagName, boolean>;

export const FLAG_NAMES = Object.keys(FLAGS) as FlagName[];
export const isFlagName = (name: string): name is FlagName => Object.hasOwn(FLAGS, name);

/** The defaults with what is stored otherwise; a stored name that no code knows any more changes nothing. */
export function flagsWith(overrides: readonly { name: string; enabled: boolean }[]): Flags {
  const flags = Object.fromEntries(FLAG_NAMES.map((name) => [name, FLAGS[name].default])) as Flags;
  for (const { name, enabled } of overrides) if (isFlagName(name)) flags[name] = enabled;
  return flags;
}
