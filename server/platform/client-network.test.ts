import { describe, expect, it } from "vitest";
import { clientNetwork } from "./client-network";

describe("clientNetwork", () => {
  it("takes one IPv6 customer, and one IPv4 address however written, as one", () => {
    expect(clientNetwork("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
    expect(clientNetwork("2001:db8:1:2:ffff::1")).toBe("2001:db8:1:2::/64");
    expect(clientNetwork("2001:db8:1:3::1")).not.toBe("2001:db8:1:2::/64");
    expect(clientNetwork("::ffff:203.0.113.7")).toBe("203.0.113.7");
  });

  it("leaves this machine as it is, and is empty for what is no address", () => {
    expect(["::1", "127.0.0.1", "", "unknown'; DROP TABLE"].map(clientNetwork)).toEqual(["::1", "127.0.0.1", "", ""]);
  });
});
