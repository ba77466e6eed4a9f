import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { arrivesWith, WEBHOOK_EVENTS } from "./webhook";

const services = readdirSync("server/services", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts")).map((file) => readFileSync(`server/services/${file}`, "utf8"));
const isTold = (event: string) => services.some((source) => source.includes("queueWebhooks(") && source.includes(`event: "${event}"`));

describe("events of webhooks", () => {
  it.each(WEBHOOK_EVENTS)("%s is told by a service, or said to arrive with a part of the product", (event) => {
    expect(isTold(event)).toBe(arrivesWith(event) === null);
  });
});
