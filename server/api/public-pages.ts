/**
 * Pages that are the same for everybody and are made at build time, once in each language. `/pricing` stands in
 * app/(marketing)/prerendered/[locale]/pricing/page.tsx, with its twin in app/(marketing)/per-request/pricing/page.tsx.
 */
export const PUBLIC_PAGES = ["/", "/developers", "/pricing"] as const;
export type PublicPage = (typeof PUBLIC_PAGES)[number];

/** Where proxy.ts finds the two; neither address is open from outside. */
export const PRERENDERED = "/prerendered";
export const PER_REQUEST = "/per-request";

/** The public page at an address, or null when another kind of page, or none, is there. */
export function publicPageAt(pathname: string): PublicPage | null {
  const plain = pathname.replace(/\/+$/, "") || "/";
  return PUBLIC_PAGES.find((page) => page === plain) ?? null;
}

/** Whether an address is one of those that only proxy.ts may lead to. */
export const isInternalPage = (pathname: string): boolean => [PRERENDERED, PER_REQUEST].some((folder) => pathname === folder || pathname.startsWith(`${folder}/`));

/**
 * How long a public page may be kept. A shared cache answers a guest without cookies for an hour, and for a day more while it asks again;
 * whoever brings a cookie, perhaps of a language, is answered by us, and a browser asks each time whether its copy still holds (304 by ETag).
 */
export const publicPageCacheControl = ({ cookies }: { cookies: boolean }): string => (cookies ? "private, no-cache" : "public, max-age=0, s-maxage=3600, stale-while-revalidate=86400");
