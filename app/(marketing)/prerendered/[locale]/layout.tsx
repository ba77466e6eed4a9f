import "../../../globals.css";
import type { ReactNode } from "react";
import { LandingFrame } from "@/components/app-shell/landing-frame";
import { PrerenderedDocument } from "@/components/app-shell/prerendered-document";
import { LOCALES } from "@/components/app-shell/preferences";

export { documentMetadata as generateMetadata, documentViewport as viewport } from "@/components/app-shell/root-document";

// A page here that asks for cookies, headers or the address fails the build: it would not be the same for everybody.
export const dynamic = "error";
export const dynamicParams = false;

export const generateStaticParams = () => LOCALES.map((locale) => ({ locale }));

export default function PrerenderedLayout({ children }: { children: ReactNode }) {
  return (
    <PrerenderedDocument>
      <LandingFrame>{children}</LandingFrame>
    </PrerenderedDocument>
  );
}
