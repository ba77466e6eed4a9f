import { describe, expect, it } from "vitest";
import { inlineScriptHashes } from "./inline-script-hashes";

// printf 'alert(1)' | openssl dgst -sha256 -binary | base64
const ALERT = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";

describe("inlineScriptHashes", () => {
  it("lists each inline script once, to the byte", () => {
    expect(inlineScriptHashes("<p>a</p><script>alert(1)</script><script id=\"x\">alert(1)</script>")).toEqual([ALERT]);
    expect(inlineScriptHashes("<script>alert(1) </script>")).not.toEqual([ALERT]);
  });

  it("leaves out files and data", () => {
    expect(inlineScriptHashes('<script src="/a.js" async=""></script><script type="application/ld+json">{}</script>')).toEqual([]);
    expect(inlineScriptHashes('<script type="module">alert(1)</script><script type="text/javascript">alert(1)</script>')).toEqual([ALERT]);
  });

  it("takes a script over several lines and letters beyond ASCII as they are sent", () => {
    expect(inlineScriptHashes("<script>self.x=\n'한국'</script>")).toHaveLength(1);
    expect(inlineScriptHashes("no script")).toEqual([]);
  });
});
