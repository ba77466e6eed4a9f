import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type SqlMigrationAwareDriverAdapterFactory, bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { AppError } from "@/server/domain/app-error";

export type SchemaFile = { path: string; content: string };

type Engine = Awaited<ReturnType<typeof bindings.SchemaEngine.new>>;

/** Nothing of the database is left to other tools. */
export const NO_EXTERNALS = { externalTables: [], externalEnums: [] };

/** Reads every schema file below a folder, in a stable order. */
export async function readSchemaFiles(folder: string): Promise<SchemaFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".prisma")).sort();
  return Promise.all(names.map(async (path) => ({ path, content: await readFile(join(folder, path), "utf8") })));
}

/** One instance for the process: the bindings keep theirs in a global, and a second one would take it from a running engine. */
let loading: Promise<void> | null = null;

/** The package expects a bundler to load the module; plain Node instantiates it by hand. */
async function loadEngine(): Promise<void> {
  const require = createRequire(import.meta.url);
  const bytes = await readFile(require.resolve("@prisma/schema-engine-wasm/schema_engine_bg").replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": bindings as WebAssembly.ModuleImports });
  const start = instance.exports.__wbindgen_start;
  if (typeof start !== "function") throw new AppError("UPSTREAM_INVALID", "The schema engine has an unknown layout");
  (bindings as unknown as { __wbg_set_wasm: (exports: WebAssembly.Exports) => void }).__wbg_set_wasm(instance.exports);
  start();
}

/** Prisma's schema engine compiled to WebAssembly, which needs no downloaded binary. */
export async function openSchemaEngine(files: SchemaFile[], adapterFactory: SqlMigrationAwareDriverAdapterFactory): Promise<Engine> {
  await (loading ??= loadEngine());
  const datamodels = files.map(({ path, content }): [string, string] => [path, content]);
  return bindings.SchemaEngine.new({ datamodels }, () => undefined, bindMigrationAwareSqlAdapterFactory(adapterFactory));
}
