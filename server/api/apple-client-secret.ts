import { sign } from "node:crypto";

/** Apple allows six months; nobody needs one for longer than the call it is made for. */
const LASTS_S = 5 * 60;

type SigningKey = { teamId: string; keyId: string; privateKey: string; clientId: string; issuer: string };

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");

/** What Apple takes for a client secret: a token about the client, signed with the operator's key (ES256), as "Creating a client secret" of its documentation has it. */
export function appleClientSecret({ teamId, keyId, privateKey, clientId, issuer }: SigningKey, now: Date): string {
  const issuedAt = Math.floor(now.getTime() / 1000);
  const head = encoded({ alg: "ES256", kid: keyId, typ: "JWT" });
  const claims = encoded({ iss: teamId, iat: issuedAt, exp: issuedAt + LASTS_S, aud: issuer, sub: clientId });
  // A token has the two numbers of the signature side by side, not in DER.
  const signature = sign("sha256", Buffer.from(`${head}.${claims}`), { key: privateKey, dsaEncoding: "ieee-p1363" });
  return `${head}.${claims}.${signature.toString("base64url")}`;
}
