import "../globals.css";
import type { ReactNode } from "react";
import { AppFrame } from "@/components/app-shell/app-frame";
import { RequestDocument } from "@/components/app-shell/request-document";
import { liveFeedUrl } from "@/server/api/live-feed-url";
import { HydrateFrame, trpc } from "@/server/api/rsc";

export { documentMetadata as generateMetadata, documentViewport as viewport } from "@/components/app-shell/root-document";

export default function StaffLayout({ children }: { children: ReactNode }) {
  return (
    <RequestDocument feedUrl={liveFeedUrl()}>
      <HydrateFrame query={trpc.market.getStrip.queryOptions()}>
        <AppFrame>{children}</AppFrame>
      </HydrateFrame>
    </RequestDocument>
  );
}
