"use client";

import type { ComponentProps } from "react";
import { PageFault } from "@/components/app-shell/page-fault";

/** As in the product: within the frame. */
export default function StaffPageError(props: ComponentProps<typeof PageFault>) {
  return <PageFault {...props} />;
}
