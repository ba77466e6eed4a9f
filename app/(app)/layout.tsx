import type { ReactNode } from "react";
import { AppFrame } from "@/components/app-shell/app-frame";
import { HydrateFrame, trpc } from "@/server/api/rsc";

export default function AppLayout({ children }: { children: ReactNode }) {
  // Not awaited: the frame is sent at once and the strip streams in.
  return (
    <HydrateFrame query={trpc.market.getStrip.queryOptions()}>
      <AppFrame>{children}</AppFrame>
    </HydrateFrame>
  );
}
