import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";

/** Reads the outbox of mails, where a person would read their mail. */
export async function linkInMail(recipient: string, kind: string): Promise<string> {
  return onDatabase(async (client) => {
    for (const until = Date.now() + 20_000; Date.now() < until; await wait(200)) {
      const { rows } = await client.query<{ text: string }>("SELECT text FROM outgoing_mail WHERE recipient = $1 AND kind = $2 ORDER BY created_at DESC LIMIT 1", [recipient, kind]);
      const link = rows[0] && /^https?:\/\/\S+#token=\w+$/m.exec(rows[0].text)?.[0];
      // The address by which the tests reach the app may differ from the one in the mail.
      if (link) return new URL(link).pathname + new URL(link).search + new URL(link).hash;
    }
    throw new Error(`No mail ${kind} to ${recipient}`);
  });
}

export async function onDatabase<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: process.env.E2E_DATABASE_URL });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
