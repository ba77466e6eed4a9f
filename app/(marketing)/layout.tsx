import type { ReactNode } from "react";
import { LandingFrame } from "@/components/app-shell/landing-frame";
import { Hydrate, prefetch, trpc } from "@/server/api/rsc";

export default function MarketingLayout({ children }: { children: ReactNode }) {
  prefetch(trpc.market.getStrip.queryOptions());
  return (
    <Hydrate>
      <LandingFrame>{children}</LandingFrame>
    </Hydrate>
  );
}
