import { createMemoryCache } from "@/server/platform/cache";
import { createDb } from "@/server/platform/db";
import { createFirstAdmin, type OneTimePassword } from "@/server/services/account/create-first-admin";

/** Makes the first admin of a database that has none; the password is told once, by whoever called. */
export async function adminWhenNeeded({ connectionString, email, now }: { connectionString: string; email: string; now: () => Date }): Promise<OneTimePassword | null> {
  const db = createDb(connectionString, { max: 2 });
  try {
    return await createFirstAdmin({ db, now, cache: createMemoryCache(now) }, { email });
  } finally {
    await db.$disconnect();
  }
}
