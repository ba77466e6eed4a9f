import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { AppError } from "@/server/domain/app-error";

export type InspectedFile = { path: string; file: string; bytes: number; hash: string };

/** Reads a file once before anything is written: its content hash, and whether a gzip is whole. A damaged file changes nothing. */
export async function inspectFile(path: string): Promise<InspectedFile> {
  const file = basename(path);
  const hash = createHash("sha256");
  const { size } = await stat(path);
  const source = createReadStream(path, { highWaterMark: 1 << 20 });
  source.on("data", (chunk) => hash.update(chunk));
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    if (path.endsWith(".gz")) await pipeline(source, createGunzip({ chunkSize: 1 << 20 }), nowhere);
    else await pipeline(source, nowhere);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("INVALID_INPUT", `${file} is damaged or cut off (${why}); nothing was imported`, { field: "folder", file });
  }
  return { path, file, bytes: size, hash: hash.digest("hex") };
}
