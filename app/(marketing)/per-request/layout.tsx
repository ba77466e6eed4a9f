import "../../globals.css";
import type { ReactNode } from "react";
import { LandingFrame } from "@/components/app-shell/landing-frame";
import { RequestDocument } from "@/components/app-shell/request-document";
import { liveFeedUrl } from "@/server/api/live-feed-url";

export { documentMetadata as generateMetadata, documentViewport as viewport } from "@/components/app-shell/root-document";

/** The public pages made for each request: in development, and where the build cannot be read. */
export default function PerRequestLayout({ children }: { children: ReactNode }) {
  return (
    <RequestDocument feedUrl={liveFeedUrl()}>
      <LandingFrame>{children}</LandingFrame>
    </RequestDocument>
  );
}
