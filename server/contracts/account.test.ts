import { describe, expect, it } from "vitest";
import { code, newPassword } from "./account";

describe("newPassword", () => {
  it("takes 12 to 128 characters of any kind, as they were typed", () => {
    const taken = (text: string) => newPassword.safeParse(text).success;
    expect([11, 12, 128, 129].map((length) => taken("é".repeat(length)))).toEqual([false, true, true, false]);
    expect(newPassword.parse("  네 개의 단어를 고르세요  ")).toBe("  네 개의 단어를 고르세요  ");
  });
});

describe("code", () => {
  it("takes six digits and whole recovery codes, with or without dashes", () => {
    expect(code.parse("123 456")).toBe("123456");
    expect(code.parse("ABCD-EFGH-JKLM-NPQR-STUV-WXYZ")).toBe("ABCDEFGHJKLMNPQRSTUVWXYZ");
    expect(code.safeParse("x".repeat(61)).success).toBe(false);
  });
});
