import "../globals.css";
import type { ReactNode } from "react";
import { AppFrame } from "@/components/app-shell/app-frame";
import { RequestDocument } from "@/components/app-shell/request-document";
import { liveFeedUrl } from "@/server/api/live-feed-url";
import { HydrateFrame, trpc } from "@/server/api/rsc";

export { documentMetadata as generateMetadata, documentViewport as viewport } from "@/components/app-shell/root-document";

export default function AppLayout({ children }: { children: ReactNode }) {
  // The strip is not awaited: the frame is sent at once and the strip streams in.
  return (
    <RequestDocument feedUrl={liveFeedUrl()}>
      <HydrateFrame query={trpc.market.getStrip.queryOptions()}>
        <AppFrame>{children}</AppFrame>
      </HydrateFrame>
    </RequestDocument>
  );
}
