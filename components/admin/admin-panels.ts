import { refusalOf, type AccessRule, type Role } from "@/server/domain/account/access";

/** The panels in the order of the bar, each with who may open it; `admin.nav` has their names. The first stands at /admin itself. The procedures behind a panel judge by themselves. */
export const ADMIN_PANELS = {
  overview: "moderator",
  users: "admin",
  companies: "admin",
  instruments: "admin",
  connections: "moderator",
  ingestion: "admin",
  quality: "admin",
  jobs: "admin",
  moderation: "moderator",
  flags: "admin",
  audit: "admin",
  mail: "admin",
  keys: "admin",
} as const satisfies Record<string, AccessRule>;

export type AdminPanel = keyof typeof ADMIN_PANELS;

const PANELS = Object.keys(ADMIN_PANELS) as AdminPanel[];

/** What a person may open of the panels; nothing for whoever is no staff, or an admin who still lacks a second factor. */
export function panelsFor({ role, secondFactor }: { role: Role; secondFactor: boolean }): AdminPanel[] {
  const standing = { role, secondFactor, tier: "FREE", steppedUpAt: null, impersonated: false } as const;
  return PANELS.filter((panel) => refusalOf(ADMIN_PANELS[panel], standing, { now: new Date(0), writes: false }) === null);
}
