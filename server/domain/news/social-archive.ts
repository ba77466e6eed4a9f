import { AppError } from "@/server/domain/app-error";

/** A post of a file that a person brings: what the file tells of it. Figures are those of the day on which the file was made; missing is null. */
export type ArchivedPost = {
  externalId: string; network: "x" | "truth-social"; author: string; authorName: string | null; text: string; postedAt: string; postUrl: string; language: string | null;
  likes: number | null; reposts: number | null; replies: number | null; quotes: number | null; views: number | null;
  /** Id of the post that was passed on; null too where the file does not tell it, as X's does not: its text begins with "RT @name:" then. */
  repostOf: string | null;
};
/** `skipped` are entries without an id, a time or a text; nothing is made up for them. */
export type SocialArchive = { posts: ArchivedPost[]; skipped: number };

type Entry = Readonly<Record<string, unknown>>;

const LONGEST_TEXT = 5_000;
const NAME = /^@?([A-Za-z0-9_]{1,30})$/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", apos: "'", nbsp: " " };

/**
 * Posts out of a person's own archive, newest first, each once.
 *
 * Of X: `tweets.js` of the archive that X gives (`window.YTD.tweets.part0 = [{ "tweet": … }]`), or the same list as JSON. It does not name its
 * owner, so `author` does. Of Truth Social, and whatever else speaks as Mastodon does: a JSON list of statuses, or `outbox.json` of its archive.
 *
 * @throws AppError INVALID_INPUT with field `file` for what is neither, and `author` for what is no name
 */
export function socialArchive({ network, author, file }: { network: ArchivedPost["network"]; author: string; file: string }): SocialArchive {
  const name = NAME.exec(author)?.[1];
  if (name === undefined) throw new AppError("INVALID_INPUT", "A name has 1 to 30 letters, digits and underscores", { field: "author" });
  const entries = entriesOf(file);
  const read = network === "x" ? xPost : statusPost;
  const posts = new Map<string, ArchivedPost>();
  let skipped = 0;
  for (const entry of entries) {
    const post = isEntry(entry) ? read(entry, name) : null;
    if (post === null) skipped += 1;
    else posts.set(post.externalId, post);
  }
  if (posts.size === 0 && skipped > 0) throw new AppError("INVALID_INPUT", "The file has no post that can be read", { field: "file" });
  return { posts: [...posts.values()].sort((a, b) => (a.postedAt === b.postedAt ? 0 : a.postedAt < b.postedAt ? 1 : -1)), skipped };
}

/** The list in the file: behind the assignment of X's archive, in `orderedItems` of Mastodon's, or plain. */
function entriesOf(file: string): readonly unknown[] {
  const text = file.replace(/^\uFEFF/, "").trimStart();
  const json = text.startsWith("window.") ? text.slice(text.indexOf("=") + 1).trim().replace(/;$/, "") : text;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new AppError("INVALID_INPUT", "The file is no archive: it has no JSON in it", { field: "file" });
  }
  const list = isEntry(value) ? value["orderedItems"] : value;
  if (!Array.isArray(list)) throw new AppError("INVALID_INPUT", "The file is no archive: it has no list of posts", { field: "file" });
  return list;
}

function xPost(entry: Entry, author: string): ArchivedPost | null {
  const post = isEntry(entry["tweet"]) ? entry["tweet"] : entry;
  const externalId = digits(post["id_str"]) ?? digits(post["id"]);
  const postedAt = xInstant(textOf(post["created_at"]));
  const text = plain(textOf(post["full_text"]) ?? textOf(post["text"]), false);
  if (externalId === null || postedAt === null || text === null) return null;
  const language = textOf(post["lang"]);
  return {
    externalId, network: "x", author, authorName: null, text, postedAt, postUrl: `https://x.com/${author}/status/${externalId}`, language: language === null || language === "und" || language.startsWith("q") ? null : language,
    likes: countOf(post["favorite_count"]), reposts: countOf(post["retweet_count"]), replies: null, quotes: null, views: null, repostOf: null,
  };
}

/** A status of the interface, or the activity that made it in the archive: a "Create" with its note, or an "Announce" of another's. */
function statusPost(entry: Entry, author: string): ArchivedPost | null {
  const note = isEntry(entry["object"]) ? entry["object"] : entry;
  const isAnnounced = entry["type"] === "Announce";
  const address = textOf(note["url"]) ?? textOf(note["id"]) ?? textOf(entry["object"]);
  const externalId = digits(note["id"]) ?? digits(/(\d+)(?:\/activity)?$/.exec(isAnnounced ? (textOf(entry["id"]) ?? "") : (address ?? ""))?.[1]);
  const postedAt = isoInstant(textOf(note["created_at"]) ?? textOf(note["published"]) ?? textOf(entry["published"]));
  const reblog = isEntry(note["reblog"]) ? note["reblog"] : null;
  const text = plain((textOf(note["content"]) || textOf(reblog?.["content"])) ?? null, true);
  if (externalId === null || postedAt === null || text === null) return null;
  const account = isEntry(note["account"]) ? note["account"] : null;
  const named = textOf(account?.["acct"]);
  if (named !== null && named.toLowerCase() !== author.toLowerCase()) return null;
  return {
    externalId, network: "truth-social", author, authorName: textOf(account?.["display_name"]), text, postedAt, postUrl: address !== null && /^https:\/\//.test(address) ? address : `https://truthsocial.com/@${author}/${externalId}`, language: textOf(note["language"]),
    likes: countOf(note["favourites_count"]), reposts: countOf(note["reblogs_count"]), replies: countOf(note["replies_count"]), quotes: null, views: null, repostOf: digits(reblog?.["id"]),
  };
}

const isEntry = (value: unknown): value is Entry => typeof value === "object" && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
const digits = (value: unknown): string | null => (typeof value === "string" && /^\d{1,25}$/.test(value) ? value : null);
/** X writes its counts as text. */
const countOf = (value: unknown): number | null => {
  const count = typeof value === "string" && /^\d{1,12}$/.test(value) ? Number(value) : value;
  return typeof count === "number" && Number.isSafeInteger(count) && count >= 0 ? count : null;
};

/** "Wed Oct 10 20:19:24 +0000 2018". */
function xInstant(text: string | null): string | null {
  const match = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{2}:\d{2}:\d{2}) \+0000 (\d{4})$/.exec(text ?? "");
  if (!match) return isoInstant(text);
  const month = MONTHS.indexOf(match[1]!) + 1;
  return month === 0 ? null : isoInstant(`${match[4]}-${String(month).padStart(2, "0")}-${match[2]}T${match[3]}Z`);
}

function isoInstant(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** Text on one line, without markup and entities. */
function plain(text: string | null, isHtml: boolean): string | null {
  if (text === null) return null;
  const bare = isHtml ? text.replace(/<\/?[a-z!][^>]*>/gi, " ") : text;
  const words = bare.replace(/&(amp|lt|gt|quot|#39|apos|nbsp);/g, (_, entity: string) => NAMED[entity]!).replace(/\s+/g, " ").trim();
  return words === "" ? null : words.slice(0, LONGEST_TEXT);
}
