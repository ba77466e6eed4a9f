import type { WebSocketRoute } from "@playwright/test";
import { expect, test } from "./fixtures";

test("prices tick over one socket, say when they are lost, and come back by themselves", async ({ page }) => {
  test.slow();
  const open = new Set<WebSocketRoute>();
  let blocked = false;
  await page.routeWebSocket(/\/ws\/socket\.io/, (socket) => {
    if (blocked) return void socket.close();
    const server = socket.connectToServer();
    open.add(socket);
    socket.onClose(() => {
      open.delete(socket);
      void server.close();
    });
    server.onClose(() => {
      open.delete(socket);
      void socket.close();
    });
  });

  await page.goto("/companies");
  const status = page.getByRole("contentinfo", { name: "Status" });
  const live = status.getByText("Live", { exact: true });
  await expect(live).toBeVisible({ timeout: 45_000 });

  // Coins trade at every hour, so their cell moves whenever the test runs.
  const coin = page.getByRole("region", { name: "Markets" }).getByRole("listitem").filter({ hasText: "Bitcoin" });
  const first = await coin.innerText();
  await expect(coin).not.toHaveText(first, { useInnerText: true });
  await expect(coin).toContainText("simulated");

  await page.getByRole("navigation").getByRole("link", { name: "Macro" }).first().click();
  await expect(page).toHaveURL(/\/macro/, { timeout: 30_000 });
  await expect(live).toBeVisible();
  expect(open.size).toBe(1);

  blocked = true;
  for (const socket of open) await socket.close();
  open.clear();
  await expect(status.getByText("Reconnecting to live prices")).toBeVisible();
  blocked = false;
  await expect(live).toBeVisible({ timeout: 60_000 });
  expect(open.size).toBe(1);
});
