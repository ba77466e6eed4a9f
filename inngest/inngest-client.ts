import { Inngest } from "inngest";

/** Where jobs run, a local runner or an Inngest server, is said by the INNGEST_ variables alone. */
export const inngest = new Inngest({ id: "nexus" });
