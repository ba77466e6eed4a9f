"use client";

import type { ComponentProps } from "react";
import { PageFault } from "@/components/app-shell/page-fault";

/** The last net below the pages: a fault that no part of the page caught. */
export default function PageError(props: ComponentProps<typeof PageFault>) {
  return (
    <main>
      <PageFault {...props} />
    </main>
  );
}
