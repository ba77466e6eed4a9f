import { createServer, type AddressInfo, type Server } from "node:net";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMailer } from "@/server/platform/mailer";
import { aUser } from "@/server/testing/factories/account-factory";
import { createTestCtx } from "@/server/testing/test-ctx";
import { deliverMail } from "./deliver-mail";
import { sendMail } from "./send-mail";

const ctx = createTestCtx();
let server: Server;
let smtpUrl = "";
let letters: string[] = [];
let refuse = false;

/** As much of SMTP as a client needs to hand over a letter. */
beforeEach(async () => {
  letters = [];
  refuse = false;
  server = createServer((socket) => {
    let body: string | null = null;
    let text = "";
    socket.setEncoding("utf8").on("error", () => undefined);
    socket.write("220 test ESMTP\r\n");
    socket.on("data", (chunk: string) => {
      text += chunk;
      for (let end = text.indexOf("\r\n"); end >= 0; end = text.indexOf("\r\n")) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        if (body !== null) {
          if (line !== ".") body += `${line}\n`;
          else {
            letters.push(body);
            body = null;
            socket.write("250 taken\r\n");
          }
        } else if (/^RCPT/i.test(line) && refuse) socket.write("451 not now\r\n");
        else if (/^DATA/i.test(line)) {
          body = "";
          socket.write("354 go on\r\n");
        } else if (/^QUIT/i.test(line)) socket.end("221 bye\r\n");
        else socket.write("250 fine\r\n");
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  smtpUrl = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise<unknown>((done) => server.close(done)));
afterAll(() => ctx.db.$disconnect());

async function aMail() {
  const user = await aUser(ctx.db);
  await ctx.db.$transaction((tx) => sendMail(tx, ctx, { userId: user.id, email: user.email!, locale: "ko" }, { kind: "reset-password", name: "민지", link: "https://app.example/reset-password#token=abc", minutes: 60 }));
  return ctx.db.outgoingMail.findFirstOrThrow({ where: { userId: user.id } });
}
const mailer = () => createMailer({ smtpUrl, from: "Nexus-Alpha <no-reply@app.example>" });

describe("the mail server", () => {
  it("is asked whether it takes us without a mail, and one that is not there is told from it", async () => {
    await expect(mailer().verify()).resolves.toBeUndefined();
    expect(letters).toEqual([]);
    await expect(createMailer({ smtpUrl: "smtp://127.0.0.1:1", from: "a@example.com" }).verify()).rejects.toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
  });
});

describe("deliverMail", () => {
  it("tells the job of a mail in the transaction that writes it", async () => {
    const mail = await aMail();
    const events = await ctx.db.outboxEvent.findMany({ where: { name: "mail/queued" } });
    expect(events.map(({ data }) => data)).toContainEqual({ mailId: mail.id });
  });

  it("sends a mail once, to one address, and keeps none of its links", async () => {
    const mail = await aMail();
    expect(await deliverMail(ctx, { mailId: mail.id }, mailer())).toEqual({ sent: true });
    expect(await deliverMail(ctx, { mailId: mail.id }, mailer())).toEqual({ sent: false });
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatch(new RegExp(`^To: ${mail.recipient}$`, "m"));
    expect(letters[0]).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(await ctx.db.outgoingMail.findUniqueOrThrow({ where: { id: mail.id } })).toMatchObject({ attempts: 1, text: "", html: "", subject: mail.subject });
  });

  it("stays in the outbox without a server, and when the server does not take it, with the reason", async () => {
    const mail = await aMail();
    expect(await deliverMail(ctx, { mailId: mail.id }, null)).toEqual({ sent: false });
    refuse = true;
    await expect(deliverMail(ctx, { mailId: mail.id }, mailer())).rejects.toThrow();
    expect(await ctx.db.outgoingMail.findUniqueOrThrow({ where: { id: mail.id } })).toMatchObject({ sentAt: null, attempts: 1, lastError: expect.stringContaining("451"), text: mail.text });
  });
});
