"use client";

import { Toaster as Sonner, toast } from "sonner";

export { toast };

/** Short news at the edge of the screen; colours come from the tokens, whatever the theme. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      gap={8}
      offset={40}
      mobileOffset={{ bottom: 72 }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: "panel flex w-full items-start gap-2 p-3 text-sm text-text shadow-float",
          description: "text-xs text-muted",
          actionButton: "ml-auto rounded-md bg-surface-3 px-2 py-1 text-xs font-medium",
          success: "[&_[data-icon]]:text-up",
          error: "[&_[data-icon]]:text-down",
          warning: "[&_[data-icon]]:text-warn",
        },
      }}
    />
  );
}
