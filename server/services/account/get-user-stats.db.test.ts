import { afterAll, describe, expect, it } from "vitest";
import { createApiKey } from "@/server/services/api-key/create-api-key";
import { revokeApiKey } from "@/server/services/api-key/revoke-api-key";
import { notify } from "@/server/services/notification/notify";
import { asPerson, aUser } from "@/server/testing/factories/account-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { getUserStats } from "./get-user-stats";

const ctx = createTestCtx();
afterAll(() => ctx.db.$disconnect());

describe("getUserStats", () => {
  it("counts what is in force of one's own", async () => {
    const user = await aUser(ctx.db);
    const person = await asPerson(ctx, user);
    await asPerson(ctx, await aUser(ctx.db));
    const make = (name: string) => createApiKey(person, { name, scopes: ["read"], allowedOrigins: [], expiresInDays: 1 });
    await make("a");
    await revokeApiKey(person, { id: (await make("b")).id });
    await ctx.db.$transaction((tx) => notify(tx, person, { userId: user.id, kind: "security.password-changed", params: {} }));
    await ctx.db.usageHour.createMany({ data: [["api", 7, 2], ["app", 50, 0]].map(([surface, requests, refused]) => ({ userId: user.id, surface: surface as string, limitGroup: "market", hour: new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000), requests: requests as number, refused: refused as number })) });
    const stats = { userId: user.id, memberSince: user.createdAt.toISOString(), openSessions: 1, apiKeys: 1, webhooks: 0, unreadNotifications: 1, requests: { admitted: 5, refused: 2 } };
    expect(await getUserStats(person, { userId: "me" })).toEqual(stats);
    expect(await getUserStats(person, { userId: user.id })).toEqual(stats);
  });

  it("does not find another person", async () => {
    const [person, other] = [await asPerson(ctx, await aUser(ctx.db)), await aUser(ctx.db)];
    await expect(getUserStats(person, { userId: other.id })).rejects.toMatchObject({ code: "NOT_FOUND", details: { field: "userId" } });
  });
});
