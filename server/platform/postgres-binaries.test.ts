import { expect, it } from "vitest";
import { majorVersion } from "./postgres-binaries";

it("reads the major version however a distribution writes it", () => {
  expect(majorVersion("postgres (PostgreSQL) 18.4\n")).toBe(18);
  expect(majorVersion("initdb (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n")).toBe(15);
  expect(majorVersion("postgres (PostgreSQL) 19beta1\n")).toBe(19);
  expect(majorVersion("sh: 1: postgres: not found\n")).toBe(0);
});
