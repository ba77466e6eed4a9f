/** Programs of the guide. The address is the reader's to set, since an installation has its own. */
export const QUICK_START = {
  curl: `export NEXUS_URL=http://localhost:3000      # this installation
export NEXUS_KEY=nxa_live_…                 # Settings, API keys

curl "$NEXUS_URL/api/v1/companies?sector=SEMICONDUCTOR&limit=3&fields=ticker,name,ratios.icr" \\
  -H "Authorization: Bearer $NEXUS_KEY"

curl "$NEXUS_URL/api/v1/analysis/impact" \\
  -H "Authorization: Bearer $NEXUS_KEY" -H "Content-Type: application/json" \\
  -d '{"ticker":"CAT","spec":{"shocks":[{"driver":"fedFunds","size":100,"unit":"bp"}]}}'`,
  typescript: `const NEXUS_URL = "http://localhost:3000";      // this installation
const NEXUS_KEY = "nxa_live_…";                 // out of your secrets, never out of the code

async function nexus<T>(path: string, body?: unknown): Promise<T> {
  const response = await fetch(NEXUS_URL + "/api/v1" + path, {
    method: body === undefined ? "GET" : "POST",
    headers: { Authorization: \`Bearer \${NEXUS_KEY}\`, "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!answer.success) throw new Error(\`\${answer.error.code}: \${answer.error.message} (\${answer.error.requestId})\`);
  return answer.data;
}

type Page<T> = { items: T[]; nextCursor: string | null };
type Company = { ticker: string; name: string };

for (let cursor: string | null = ""; cursor !== null; ) {
  const page: Page<Company> = await nexus(\`/companies?limit=50&cursor=\${encodeURIComponent(cursor)}\`);
  for (const { ticker, name } of page.items) console.log(ticker, name);
  cursor = page.nextCursor;
}`,
  python: `import os, requests

NEXUS_URL = os.environ.get("NEXUS_URL", "http://localhost:3000")
session = requests.Session()
session.headers["Authorization"] = f"Bearer {os.environ['NEXUS_KEY']}"

def nexus(path, **params):
    answer = session.get(f"{NEXUS_URL}/api/v1{path}", params=params, timeout=30).json()
    if not answer["success"]:
        error = answer["error"]
        raise RuntimeError(f"{error['code']}: {error['message']} ({error['requestId']})")
    return answer["data"]

cursor = None
while True:
    page = nexus("/companies", limit=50, **({"cursor": cursor} if cursor else {}))
    for company in page["items"]:
        print(company["ticker"], company["ratios"]["icr"])
    cursor = page["nextCursor"]
    if cursor is None:
        break`,
};

export const SIGNATURE_CHECK = {
  typescript: `import { createHmac, timingSafeEqual } from "node:crypto";

/** \`body\` is the text as it came, before any parsing. */
export function isFromNexus(body: string, header: string, secret: string): boolean {
  const parts = header.split(",").map((part) => part.split("="));
  const time = Number(parts.find(([name]) => name === "t")?.[1]);
  if (!(Math.abs(Date.now() / 1000 - time) < 300)) return false;      // older than five minutes: a replay
  const expected = createHmac("sha256", secret).update(\`\${time}.\${body}\`).digest();
  return parts.some(([name, hex]) => {
    const given = name === "v1" ? Buffer.from(hex, "hex") : Buffer.alloc(0);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}`,
  python: `import hashlib, hmac, time

def is_from_nexus(body: bytes, header: str, secret: str) -> bool:
    """body is the bytes as they came, before any parsing."""
    parts = [part.split("=", 1) for part in header.split(",")]
    sent_at = next((value for name, value in parts if name == "t"), "0")
    if abs(time.time() - int(sent_at)) > 300:      # older than five minutes: a replay
        return False
    expected = hmac.new(secret.encode(), f"{sent_at}.".encode() + body, hashlib.sha256).hexdigest()
    return any(name == "v1" and hmac.compare_digest(value, expected) for name, value in parts)`,
};

export const ENVELOPE = `{ "success": true,  "data": …, "timestamp": "2026-11-21T06:00:00.000Z" }
{ "success": false, "error": { "code": "NOT_FOUND", "message": "No company has the ticker NOPE",
  "details": { "field": "ticker", "suggestions": ["NOC"] }, "requestId": "5b0c5d3e-…" },
  "timestamp": "2026-11-21T06:00:00.000Z" }`;
