"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { PREFERENCE_COOKIES } from "./preferences";
import { writePreference } from "./preference-cookie";

/** Tells the server the browser's time zone, so that both write the same hour; before the first answer that is UTC. */
export function TimeZoneCookie({ known }: { known: string }) {
  const router = useRouter();
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (!timeZone || timeZone === known || document.cookie.includes(`${PREFERENCE_COOKIES.timeZone}=${encodeURIComponent(timeZone)}`)) return;
    writePreference(PREFERENCE_COOKIES.timeZone, timeZone);
    router.refresh();
  }, [known, router]);
  return null;
}
