import { createTransport } from "nodemailer";
import { AppError } from "@/server/domain/app-error";

export type Letter = { id: string; to: string; subject: string; text: string; html: string };
export type Mailer = {
  send(letter: Letter): Promise<void>;
  /**
   * Signs in at the mail server and sends nothing.
   * @throws AppError UPSTREAM_INVALID when it refuses the user or the password, UPSTREAM_UNAVAILABLE when it does not answer
   */
  verify(): Promise<void>;
};

/** Sends by SMTP. The address goes as an object, so that nothing in it can name a second recipient. */
export function createMailer({ smtpUrl, from }: { smtpUrl: string; from: string }): Mailer {
  const transport = createTransport({ url: smtpUrl, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, disableFileAccess: true, disableUrlAccess: true });
  return {
    async send({ id, to, subject, text, html }) {
      await transport.sendMail({ from, to: { name: "", address: to }, subject, text, html, messageId: `<${id}@nexus-alpha>`, headers: { "Auto-Submitted": "auto-generated" } });
    },
    async verify() {
      try {
        await transport.verify();
      } catch (error) {
        // Its own sentence may quote the password.
        const refused = error instanceof Error && "code" in error && error.code === "EAUTH";
        throw refused ? new AppError("UPSTREAM_INVALID", "The mail server refused the user or the password", { field: "smtp" }) : new AppError("UPSTREAM_UNAVAILABLE", "The mail server cannot be reached", { field: "smtp" });
      }
    },
  };
}
