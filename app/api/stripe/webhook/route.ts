import { stripeWebhook } from "@/server/api/stripe-webhook";

export const dynamic = "force-dynamic";

export const POST = (req: Request) => stripeWebhook(req);
