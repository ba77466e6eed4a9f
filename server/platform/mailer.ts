import { createTransport } from "nodemailer";

export type Letter = { id: string; to: string; subject: string; text: string; html: string };
export type Mailer = { send(letter: Letter): Promise<void> };

/** Sends by SMTP. The address goes as an object, so that nothing in it can name a second recipient. */
export function createMailer({ smtpUrl, from }: { smtpUrl: string; from: string }): Mailer {
  const transport = createTransport({ url: smtpUrl, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, disableFileAccess: true, disableUrlAccess: true });
  return {
    async send({ id, to, subject, text, html }) {
      await transport.sendMail({ from, to: { name: "", address: to }, subject, text, html, messageId: `<${id}@nexus-alpha>`, headers: { "Auto-Submitted": "auto-generated" } });
    },
  };
}
