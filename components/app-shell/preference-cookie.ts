const YEAR_SECONDS = 31_536_000;

/** Keeps a choice for a year on this browser. Appearance only: nothing secret goes through here. */
export function writePreference(name: string, value: string): void {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
}
