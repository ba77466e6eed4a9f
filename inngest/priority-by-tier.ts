import { TIERS } from "@/server/domain/account/access";
import { hasFeature, PLAN_FEATURES } from "@/server/domain/account/plans";

/** Work of plans with priority goes before what others asked for up to so long earlier; nobody waits longer than that on their account. */
const AHEAD_SECONDS = 300;

const feature = PLAN_FEATURES.find(({ id }) => id === "priority")!;
const first = TIERS.filter((tier) => hasFeature(tier, feature)).map((tier) => `event.data.tier == "${tier}"`);

/** For functions that do a person's work and whose event names the person's tier. */
export const PRIORITY_BY_TIER = { run: `has(event.data.tier) && (${first.join(" || ")}) ? ${AHEAD_SECONDS} : 0` };
