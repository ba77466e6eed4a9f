import { serve } from "inngest/next";
import { functions } from "@/inngest";
import { inngest } from "@/inngest/inngest-client";

export const dynamic = "force-dynamic";

export const { GET, POST, PUT } = serve({ client: inngest, functions, enableUnauthedSync: false });
