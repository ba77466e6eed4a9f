import { generate } from "otplib";
import { afterAll, expect, it } from "vitest";
import { A_PASSWORD, asGuest, asPerson, aUser } from "@/server/testing/factories/account-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { openWebhookSecret, newWebhookSecret } from "@/server/services/webhook/webhook-secret";
import { confirmMfa } from "./confirm-mfa";
import { resealSecrets } from "./reseal-secrets";
import { signIn } from "./sign-in";
import { startMfa } from "./start-mfa";

let time = new Date("2026-11-21T08:00:00Z");
const before = createTestCtx({ now: () => time });
afterAll(() => before.db.$disconnect());

it("opens what the secret before sealed while that is given, and without it once all is sealed anew", async () => {
  const user = await aUser(before.db);
  const person = await asPerson(before, user);
  const { secret: totp } = await startMfa(person);
  const codeNow = () => generate({ secret: totp, epoch: Math.floor(time.getTime() / 1000) });
  await confirmMfa(person, { code: await codeNow() });
  const [present, replaced] = [newWebhookSecret(before), newWebhookSecret(before)];
  const hook = await before.db.webhookEndpoint.create({ data: { userId: user.id, url: "https://hooks.example/x", events: [], secret: present.sealed, previousSecret: replaced.sealed } });

  const secret = "another-secret-of-the-tests-with-enough-letters";
  const site = (extra: object) => ({ ...before, site: { url: before.site.url, secret, ...extra } });
  const [both, alone] = [site({ previousSecret: before.site.secret }), site({})];
  const signedIn = async (ctx: typeof before) => {
    time = new Date(time.getTime() + 60_000);
    return signIn(asGuest(ctx), { email: user.email!, password: A_PASSWORD, code: await codeNow() }).then(() => true, () => false);
  };
  const webhook = () => before.db.webhookEndpoint.findUniqueOrThrow({ where: { id: hook.id } });

  expect(await signedIn(alone)).toBe(false);
  expect(await signedIn(both)).toBe(true);
  expect(openWebhookSecret(alone, (await webhook()).secret)).toBeNull();
  expect(openWebhookSecret(both, (await webhook()).secret)).toBe(present.secret);

  const strange = await aUser(before.db, { totpSecret: "sealed by nobody", mfaEnabledAt: time });
  const first = await resealSecrets(both);
  expect(first.secondFactors.lost).toBeGreaterThanOrEqual(1);
  expect([first.secondFactors.resealed, first.webhooks.resealed].every((count) => count >= 1)).toBe(true);
  expect(await before.db.user.findUniqueOrThrow({ where: { id: strange.id } })).toMatchObject({ totpSecret: "sealed by nobody" });
  expect(await signedIn(alone)).toBe(true);
  const { secret: sealed, previousSecret } = await webhook();
  expect([openWebhookSecret(alone, sealed), openWebhookSecret(alone, previousSecret!)]).toEqual([present.secret, replaced.secret]);
  expect(await resealSecrets(alone)).toEqual(first);
});
