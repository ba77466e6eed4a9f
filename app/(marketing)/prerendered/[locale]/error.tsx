"use client";

import type { ComponentProps } from "react";
import { PageFault } from "@/components/app-shell/page-fault";

/** A fault that no part of a public page caught. */
export default function PageError(props: ComponentProps<typeof PageFault>) {
  return (
    <main>
      <PageFault {...props} />
    </main>
  );
}
