/** An instant as a mail writes it: in the reader's language and time zone, with the zone's name. */
export const writtenInstant = (instant: Date, { locale, timeZone }: { locale: string; timeZone: string }): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "long", timeZone }).format(instant);
