import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
beforeAll(() => client.connect());
afterAll(() => client.end());

type Origin = "SIMULATED" | "RECORDED";
type Bar = { time?: string; open?: number; high?: number; low?: number; close?: number; volume?: number; origin?: Origin };

async function anInstrument(origin: Origin = "SIMULATED"): Promise<string> {
  const id = randomUUID();
  await client.query("INSERT INTO instrument (id, symbol, name, kind, currency, calendar, price_origin, provider) VALUES ($1, $2, 'Test', 'EQUITY', 'USD', 'XNYS', $3, 'test')", [id, `T-${id.slice(0, 10)}`, origin]);
  return id;
}

const insertBar = (instrumentId: string, { time = "2020-03-02T00:00:00Z", open = 10, high = 12, low = 9, close = 11, volume = 5, origin = "SIMULATED" }: Bar = {}) =>
  client.query("INSERT INTO price_bar VALUES ($1, 'D1', $2, $3, $4, $5, $6, $7, $8, 'test', $9)", [instrumentId, time, open, high, low, close, volume, origin, randomUUID()]);

const copyBars = (rows: string[]) => pipeline(Readable.from(rows.map((row) => `${row}\n`)), client.query(copyFrom("COPY price_bar (instrument_id, interval, time, open, high, low, close, volume, origin, provider, run_id) FROM STDIN")));
const bars = async (instrumentId: string) => (await client.query("SELECT FROM price_bar WHERE instrument_id = $1", [instrumentId])).rowCount;

describe("a stored bar", () => {
  it.each<[string, Bar]>([
    ["a high below the low", { high: 8, low: 9, open: 8.5, close: 8.5 }],
    ["a close above the high", { close: 13 }],
    ["an open below the low", { open: 8 }],
    ["a price of zero", { open: 0, low: 0 }],
    ["a negative price", { low: -1 }],
    ["a price that is no number", { close: Number.NaN }],
    ["a high that is no number", { high: Number.NaN }],
    ["an endless price", { high: Number.POSITIVE_INFINITY }],
    ["a negative volume", { volume: -1 }],
    ["a volume that is no number", { volume: Number.NaN }],
  ])("is refused with %s", async (_, bar) => {
    await expect(insertBar(await anInstrument(), bar)).rejects.toMatchObject({ code: "23514" });
  });

  it("is refused twice at one time", async () => {
    const id = await anInstrument();
    await insertBar(id);
    await expect(insertBar(id)).rejects.toMatchObject({ code: "23505" });
  });

  it("belongs to an instrument", async () => {
    await expect(insertBar(randomUUID())).rejects.toMatchObject({ code: "23503", constraint: "price_bar_of_an_instrument" });
    const id = await anInstrument();
    await insertBar(id);
    await expect(client.query("DELETE FROM instrument WHERE id = $1", [id])).rejects.toMatchObject({ code: "23503" });
  });
});

describe("bars of one instrument", () => {
  it("are all of its origin, by insert, update and COPY", async () => {
    const [simulated, recorded] = [await anInstrument("SIMULATED"), await anInstrument("RECORDED")];
    await expect(insertBar(simulated, { origin: "RECORDED" })).rejects.toMatchObject({ constraint: "price_bar_of_one_origin" });
    await insertBar(simulated);
    await expect(client.query("UPDATE price_bar SET origin = 'RECORDED' WHERE instrument_id = $1", [simulated])).rejects.toMatchObject({ constraint: "price_bar_of_one_origin" });
    const row = (id: string, day: number, origin: Origin) => [id, "D1", `2021-01-0${day} 00:00:00+00`, 10, 12, 9, 11, 5, origin, "test", randomUUID()].join("\t");
    await expect(copyBars([row(recorded, 4, "RECORDED"), row(simulated, 4, "RECORDED")])).rejects.toMatchObject({ constraint: "price_bar_of_one_origin" });
    expect(await bars(recorded)).toBe(0);
    await copyBars([row(recorded, 4, "RECORDED"), row(recorded, 5, "RECORDED"), row(simulated, 4, "SIMULATED")]);
    expect(await bars(recorded)).toBe(2);
  });

  it("keep their instrument's origin until they are gone", async () => {
    const id = await anInstrument();
    await insertBar(id);
    const change = () => client.query("UPDATE instrument SET price_origin = 'RECORDED' WHERE id = $1", [id]);
    await expect(change()).rejects.toMatchObject({ constraint: "instrument_keeps_its_bars" });
    await client.query("UPDATE instrument SET name = 'Renamed' WHERE id = $1", [id]);
    await client.query("DELETE FROM price_bar WHERE instrument_id = $1", [id]);
    await change();
    await insertBar(id, { origin: "RECORDED" });
  });

  it("stay of one origin when the origin changes while bars arrive", async () => {
    const id = await anInstrument();
    const other = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await other.connect();
    try {
      await client.query("BEGIN");
      await insertBar(id);
      const change = other.query("UPDATE instrument SET price_origin = 'RECORDED' WHERE id = $1", [id]).then(() => "changed", (error: pg.DatabaseError) => error.constraint);
      await client.query("SELECT pg_sleep(0.1)");
      await client.query("COMMIT");
      expect(await change).toBe("instrument_keeps_its_bars");
    } finally {
      await other.end();
    }
  });
});

describe("the table of bars", () => {
  it("stands in years, and a year of one symbol reads that year alone", async () => {
    const { rows } = await client.query<{ name: string }>("SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'price_bar'::regclass");
    const names = rows.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["price_bar_2000", "price_bar_2026", "price_bar_2035", "price_bar_default"]));
    const { rows: plan } = await client.query<{ "QUERY PLAN": string }>("EXPLAIN SELECT * FROM price_bar WHERE instrument_id = $1 AND interval = 'D1' AND time >= '2020-01-01Z' AND time < '2021-01-01Z'", [randomUUID()]);
    const text = plan.map((line) => line["QUERY PLAN"]).join("\n");
    expect(text).toContain("price_bar_2020");
    expect(text).not.toMatch(/price_bar_(2019|2021|default)/);
  });

  it("puts the turn of the year in UTC into the right year", async () => {
    const id = await anInstrument();
    await insertBar(id, { time: "2020-12-31T23:59:59.999Z" });
    await insertBar(id, { time: "2021-01-01T00:00:00Z" });
    await insertBar(id, { time: "1999-12-31T00:00:00Z" });
    const { rows } = await client.query<{ at: string }>("SELECT tableoid::regclass::text AS at FROM price_bar WHERE instrument_id = $1 ORDER BY time", [id]);
    expect(rows.map(({ at }) => at)).toEqual(["price_bar_default", "price_bar_2020", "price_bar_2021"]);
  });
});

describe("other stored figures", () => {
  it("are finite", async () => {
    const series = randomUUID();
    await client.query("INSERT INTO macro_series VALUES ($1, $2, 'n', 'u', 'DAILY', 'a', 'c', 'p', 'v')", [series, `X-${series}`]);
    const insert = (value: number) => client.query("INSERT INTO macro_observation VALUES ($1, '2020-01-01', '2020-01-01', $2, $3)", [series, value, randomUUID()]);
    await expect(insert(Number.NaN)).rejects.toMatchObject({ code: "23514" });
    await expect(insert(Number.POSITIVE_INFINITY)).rejects.toMatchObject({ code: "23514" });
    await insert(-0.5);
  });

  it.each([
    ["a strength above one", { strength: 1.01 }],
    ["a strength that is no number", { strength: Number.NaN }],
    ["an unknown sign", { sign: 2 }],
    ["a negative standard error", { stdError: -0.1 }],
  ])("refuse a connection with %s", async (_, { strength = 0.5, sign = 1, stdError = 0.1 }: { strength?: number; sign?: number; stdError?: number }) => {
    const [from, to] = [randomUUID(), randomUUID()];
    for (const id of [from, to]) await client.query("INSERT INTO graph_node (id, key, kind, label) VALUES ($1, $2, 'DRIVER', 'x')", [id, `test:${id}`]);
    const connect = (...figures: number[]) => client.query("INSERT INTO connection (id, kind, from_id, to_id, strength, sign, std_error, basis, author, run_id, updated_at) VALUES ($1, 'IMPACT', $2, $3, $4, $5, $6, 'ESTIMATED', 'test', $1, now())", [randomUUID(), from, to, ...figures]);
    await expect(connect(strength, sign, stdError)).rejects.toMatchObject({ code: "23514" });
    await connect(0.5, 1, 0.1);
    // Other tests read the whole graph.
    await client.query("DELETE FROM connection WHERE from_id = $1", [from]);
    await client.query("DELETE FROM graph_node WHERE id = ANY($1)", [[from, to]]);
  });
});
