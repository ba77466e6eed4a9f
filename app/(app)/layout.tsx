import type { ReactNode } from "react";
import { AppFrame } from "@/components/app-shell/app-frame";
import { Hydrate, prefetch, trpc } from "@/server/api/rsc";

export default function AppLayout({ children }: { children: ReactNode }) {
  // Not awaited: the frame is sent at once and the strip streams in.
  prefetch(trpc.market.getStrip.queryOptions());
  return (
    <Hydrate>
      <AppFrame>{children}</AppFrame>
    </Hydrate>
  );
}
