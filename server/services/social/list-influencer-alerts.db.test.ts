import { afterAll, describe, expect, it } from "vitest";
import { influencerAlert } from "@/server/contracts/social";
import { asPerson, aUser } from "@/server/testing/factories/account-factory";
import { aCompany } from "@/server/testing/factories/market-factory";
import { aPost, storedPosts, uniqueHandle } from "@/server/testing/factories/social-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { listInfluencerAlerts } from "./list-influencer-alerts";
import { watchAccount } from "./watch-list";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

describe("listInfluencerAlerts", () => {
  it("tells a person of posts that moved from accounts they watch, of the last day alone, and nobody else", async () => {
    const [kim, other, company, handle] = [await asPerson(ctx, await aUser(ctx.db)), await asPerson(ctx, await aUser(ctx.db)), await aCompany(ctx.db), uniqueHandle()];
    await watchAccount(kim, { network: "x", handle });
    await storedPosts(ctx, [aPost(handle, `${company.name} is a great one`), aPost(handle, "Good morning"), aPost(uniqueHandle(), `${company.name} too`)]);
    const alerts = await listInfluencerAlerts(ctx, { userId: kim.user.id });
    expect(alerts.map((alert) => influencerAlert.parse(alert))).toMatchObject([{ handle, network: "x", tickers: [company.ticker], reason: "ticker" }]);
    expect(await listInfluencerAlerts(ctx, { userId: other.user.id })).toEqual([]);
    const later = { ...ctx, now: () => new Date(ctx.now().getTime() + 3 * 86_400_000) };
    expect(await listInfluencerAlerts(later, { userId: kim.user.id })).toEqual([]);
  });
});
