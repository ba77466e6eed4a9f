import { describe, expect, it } from "vitest";
import { clientAddressWarning, PEER_ADDRESS_HEADER } from "./client-address-warning";

const split = { NODE_ENV: "production" as const, TRUSTED_PROXIES: 0, CLIENT_ADDRESS_HEADER: undefined, NEXTAUTH_URL: "https://app.example" };
const oneMachine = { ...split, CLIENT_ADDRESS_HEADER: PEER_ADDRESS_HEADER, NEXTAUTH_URL: "http://localhost:3000" };

describe("clientAddressWarning", () => {
  it("names both settings where nothing tells the address, and is silent once one of them is there", () => {
    expect(clientAddressWarning(split)).toMatch(/TRUSTED_PROXIES.*CLIENT_ADDRESS_HEADER/);
    expect(clientAddressWarning({ ...split, TRUSTED_PROXIES: 1 })).toBeNull();
    expect(clientAddressWarning({ ...split, CLIENT_ADDRESS_HEADER: "fly-client-ip" })).toBeNull();
  });

  it("is silent on one machine, which sees who connects, but not where TLS ends at a proxy before it", () => {
    expect(clientAddressWarning(oneMachine)).toBeNull();
    expect(clientAddressWarning({ ...oneMachine, NEXTAUTH_URL: "https://app.example" })).toMatch(/TRUSTED_PROXIES=1/);
    expect(clientAddressWarning({ ...oneMachine, NEXTAUTH_URL: "https://app.example", TRUSTED_PROXIES: 1 })).toBeNull();
  });

  it("says nothing in development and tests", () => {
    for (const NODE_ENV of ["development", "test"] as const) expect(clientAddressWarning({ ...split, NODE_ENV })).toBeNull();
  });
});
