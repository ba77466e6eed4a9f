import { AppError } from "@/server/domain/app-error";
import { socialArchive } from "@/server/domain/news/social-archive";
import type { SocialNetworkName } from "@/server/contracts/social";
import type { FiguresCtx } from "@/server/services/ctx";
import { storePosts } from "@/server/services/social/store-posts";
import { listWatchedHandles } from "@/server/services/social/watch-list";
import { recordedRun, type IngestCtx, type RunReport } from "./recorded-run";

/** Posts asked of a network at once. */
const MOST_POSTS = 200;
/** A step that was missed is made up for, and counts of the last day are brought up to date. */
const LOOK_BACK_MS = 26 * 3_600_000;
const BATCH = 1_000;

const newestOf = (posts: readonly { postedAt: string }[]) => {
  const latest = posts.reduce((newest, { postedAt }) => Math.max(newest, Date.parse(postedAt)), 0);
  return latest > 0 ? { asOf: new Date(latest) } : {};
};

/**
 * Brings the newest posts of the accounts that anybody watches on a network, through its official interface. Where nobody watches, nothing is asked and null is given.
 *
 * @throws AppError of the vendor when it does not answer, NOT_FOUND when its token is missing
 */
export async function ingestSocial(ctx: IngestCtx, { network }: { network: SocialNetworkName }): Promise<(RunReport & { moved: number }) | null> {
  const source = ctx.providers.of(network, "social");
  if (!source) throw new AppError("NOT_FOUND", `${network} brings no posts here: its token is missing or vendors are switched off`, { field: "network" });
  const handles = await listWatchedHandles(ctx, network);
  if (handles.length === 0) return null;
  let moved = 0;
  const report = await recordedRun(ctx, { provider: network, subject: "social", scope: handles.join(" ").slice(0, 200) }, async (runId) => {
    const rows = await source.fetchPosts({ handles, from: new Date(ctx.now().getTime() - LOOK_BACK_MS).toISOString(), limit: MOST_POSTS });
    const stored = await storePosts(ctx, rows, { runId });
    moved = stored.moved;
    return { received: rows.length, changed: stored.changed, rejected: stored.rejected, ...newestOf(rows) };
  });
  return { ...report, moved };
}

/** Stores the posts of an archive file that a person brings. Run again it changes nothing. */
export async function importSocialArchive(ctx: FiguresCtx, { network, author, file }: { network: SocialNetworkName; author: string; file: string }): Promise<RunReport> {
  const { posts, skipped } = socialArchive({ network, author, file });
  return recordedRun(ctx, { provider: "import", subject: "social", scope: `${network} ${author}` }, async (runId) => {
    let [changed, rejected] = [0, skipped];
    for (let from = 0; from < posts.length; from += BATCH) {
      const stored = await storePosts(ctx, posts.slice(from, from + BATCH).map((post) => ({ ...post, provenance: { provider: "import" } })), { runId });
      changed += stored.changed;
      rejected += stored.rejected;
    }
    return { received: posts.length + skipped, changed, rejected, ...newestOf(posts) };
  });
}
