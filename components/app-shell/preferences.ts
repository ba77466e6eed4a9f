/** What a person chose about how the app looks; kept in cookies so that the server renders it at once and no script has to run first. */
export const THEMES = ["system", "dark", "light"] as const;
export type Theme = (typeof THEMES)[number];

export const LOCALES = ["en", "ko"] as const;
export type Locale = (typeof LOCALES)[number];

/** `us`: green rises, red falls. `kr`: red rises, blue falls. */
export const UP_DOWN = ["us", "kr"] as const;
export type UpDown = (typeof UP_DOWN)[number];

/** `icons`: the rail is narrow and its words stand in tooltips. */
export const RAILS = ["labels", "icons"] as const;
export type Rail = (typeof RAILS)[number];

export const PREFERENCE_COOKIES = { theme: "theme", locale: "locale", upDown: "updown", timeZone: "tz", rail: "rail" } as const;

const oneOf = <T extends string>(values: readonly T[], given: string | undefined): T | null => values.find((value) => value === given) ?? null;

export const themeOf = (cookie: string | undefined): Theme => oneOf(THEMES, cookie) ?? "system";
export const upDownOf = (cookie: string | undefined): UpDown => oneOf(UP_DOWN, cookie) ?? "us";
export const railOf = (cookie: string | undefined): Rail => oneOf(RAILS, cookie) ?? "labels";

/** The chosen language, else the first one the browser accepts and we have, else English. */
export function localeOf(cookie: string | undefined, acceptLanguage: string | null): Locale {
  const chosen = oneOf(LOCALES, cookie);
  if (chosen) return chosen;
  const accepted = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { language: tag.toLowerCase().split("-")[0] ?? "", quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return accepted.map(({ language }) => oneOf(LOCALES, language)).find((locale) => locale !== null) ?? "en";
}

/** UTC until the browser has said which zone it is in. */
export function timeZoneOf(cookie: string | undefined): string {
  if (!cookie) return "UTC";
  try {
    return new Intl.DateTimeFormat("en", { timeZone: decodeURIComponent(cookie) }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
