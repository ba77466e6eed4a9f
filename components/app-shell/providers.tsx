"use client";

import "./zod-without-eval";
import { Tooltip } from "radix-ui";
import type { ReactNode } from "react";
import { Toaster } from "../ui/toast";
import { TimeZoneCookie } from "./time-zone-cookie";
import { TrpcClientProvider } from "./trpc-client";

/** What every page stands in. */
export function Providers({ children, knownTimeZone }: { children: ReactNode; knownTimeZone: string | null }) {
  return (
    <TrpcClientProvider>
      <Tooltip.Provider delayDuration={300} skipDelayDuration={200}>
        {children}
        <Toaster />
        {knownTimeZone !== null && <TimeZoneCookie known={knownTimeZone} />}
      </Tooltip.Provider>
    </TrpcClientProvider>
  );
}
