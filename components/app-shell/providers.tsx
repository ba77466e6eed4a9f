"use client";

import { Tooltip } from "radix-ui";
import type { ReactNode } from "react";
import { Toaster } from "../ui/toast";
import { TimeZoneCookie } from "./time-zone-cookie";
import { TrpcClientProvider } from "./trpc-client";

/** What every page stands in. */
export function Providers({ children, knownTimeZone }: { children: ReactNode; knownTimeZone: string }) {
  return (
    <TrpcClientProvider>
      <Tooltip.Provider delayDuration={300} skipDelayDuration={200}>
        {children}
        <Toaster />
        <TimeZoneCookie known={knownTimeZone} />
      </Tooltip.Provider>
    </TrpcClientProvider>
  );
}
