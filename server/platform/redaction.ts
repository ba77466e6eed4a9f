const REDACTED = "[redacted]";
/** Names under which vendors take keys in addresses and headers. */
const SECRET_NAME = /^(.*[_-])?(api_?-?key|key|token|access[_-]?token|secret|password|signature|sign|sig|auth|authorization|crumb)$/i;
/** Below this a "key" would be found inside ordinary words. */
const SHORTEST_SECRET = 4;

/** Removes these secrets from a text, in the spellings in which addresses, headers and vendors' answers repeat them. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const spellings = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => [secret, encodeURIComponent(secret), new URLSearchParams({ k: secret }).toString().slice(2), JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString("base64")]);
  // The longest first: one key may begin with another.
  const known = [...new Set(spellings)].sort((a, b) => b.length - a.length);
  return (text) => known.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), redactNamed(text));
}

/** `apikey=…` and `"token": "…"` inside a text: a vendor's answer may repeat what we sent, also a key that we do not know. */
const redactNamed = (text: string) =>
  text
    .replace(/([?&](?:[a-z_-]*[_-])?(?:api_?-?key|key|token|secret|password|signature|sig|crumb)=)[^&\s"'<>]+/gi, `$1${REDACTED}`)
    .replace(/(\bbearer\s+)[\w.~+/=-]{8,}/gi, `$1${REDACTED}`);

/** An address that may be shown and stored: without user, keys and fragment. */
export function publicUrl(url: URL, redact: (text: string) => string): string {
  const shown = new URL(url);
  [shown.username, shown.password, shown.hash] = ["", "", ""];
  for (const name of [...shown.searchParams.keys()]) if (SECRET_NAME.test(name)) shown.searchParams.delete(name);
  return redact(shown.href).replaceAll(encodeURIComponent(REDACTED), REDACTED);
}
