"use client";

import type { ComponentProps } from "react";
import { PageFault } from "@/components/app-shell/page-fault";

/** As the error page outside, but within the frame, so that a person can go elsewhere. */
export default function AppPageError(props: ComponentProps<typeof PageFault>) {
  return <PageFault {...props} />;
}
