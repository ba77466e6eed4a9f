import "../globals.css";
import type { ReactNode } from "react";
import { LandingFrame } from "@/components/app-shell/landing-frame";
import { PageMessages } from "@/components/app-shell/page-messages";
import { RequestDocument } from "@/components/app-shell/request-document";
import { liveFeedUrl } from "@/server/api/live-feed-url";

export { documentMetadata as generateMetadata, documentViewport as viewport } from "@/components/app-shell/root-document";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <RequestDocument feedUrl={liveFeedUrl()}>
      <PageMessages of={["account"]}>
        <LandingFrame>
          <main id="main" tabIndex={-1} className="focus-visible:outline-none">{children}</main>
        </LandingFrame>
      </PageMessages>
    </RequestDocument>
  );
}
