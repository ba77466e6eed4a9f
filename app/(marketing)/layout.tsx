import type { ReactNode } from "react";
import { LandingFrame } from "@/components/app-shell/landing-frame";
import { HydrateFrame, trpc } from "@/server/api/rsc";

export default function MarketingLayout({ children }: { children: ReactNode }) {
  return (
    <HydrateFrame query={trpc.market.getStrip.queryOptions()}>
      <LandingFrame>{children}</LandingFrame>
    </HydrateFrame>
  );
}
