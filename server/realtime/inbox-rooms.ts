import type { Log } from "@/server/platform/log";
import type { TicketClaims } from "@/server/services/notification/socket-ticket";
import { createChangeBoard, type ChangeBoard } from "./change-board";

/** One socket's place in the room of its person. It waits until its session was looked up, and is out once that has ended. */
export type InboxSeat<T> = { readonly board: ChangeBoard<T>; readonly standing: () => "waits" | "in" | "out"; leave: () => void };

export type InboxRooms<T> = {
  /** A place in the room of the person that a ticket names; null when the ticket is wrong or too old. */
  join: (ticket: string) => InboxSeat<T> | null;
  /** Something has changed in this person's inbox. */
  changed: (userId: string) => void;
  /** Puts out whoever's session has ended, and loads again what could not be loaded. */
  check: () => Promise<void>;
  /** Loads every room anew: what was said while nobody listened is made good. */
  reload: () => Promise<void>;
  size: () => number;
};

type Options<T> = {
  read: (ticket: string) => TicketClaims | null;
  load: (userId: string) => Promise<T>;
  listOpen: (sessionIds: readonly string[]) => Promise<Set<string>>;
  log: Log;
};

type Member = { sessionId: string; standing: "waits" | "in" | "out" };
type Room<T> = { board: ChangeBoard<T>; members: Set<Member>; loading: Promise<void> | null; again: boolean; stale: boolean };

const CHECKED_AT_ONCE = 500;

/** One private room for each person with an open page, of one kind of what is theirs alone; nobody is sent anything before their session was found open, at each change anew. */
export function createInboxRooms<T>({ read, load, listOpen, log }: Options<T>): InboxRooms<T> {
  const rooms = new Map<string, Room<T>>();

  const putOut = (userId: string, room: Room<T>, open: ReadonlySet<string>, asked: readonly Member[]) => {
    for (const member of asked) {
      if (open.has(member.sessionId)) continue;
      member.standing = "out";
      room.members.delete(member);
    }
    if (room.members.size === 0 && rooms.get(userId) === room) rooms.delete(userId);
  };

  const admit = async (userId: string, room: Room<T>) => {
    const asked = [...room.members];
    putOut(userId, room, await listOpen(asked.map(({ sessionId }) => sessionId)), asked);
    if (room.members.size === 0) return;
    const state = await load(userId);
    room.stale = false;
    // Said again only when it is new: another tab that comes tells the others nothing.
    if (JSON.stringify(state) !== JSON.stringify(room.board.cell("inbox").value)) room.board.set("inbox", state);
    for (const member of asked) if (member.standing === "waits") member.standing = "in";
  };

  // One load at a time for a room, and one more for all that changed meanwhile.
  const refresh = (userId: string): Promise<void> => {
    const room = rooms.get(userId);
    if (!room) return Promise.resolve();
    room.again = true;
    room.loading ??= (async () => {
      while (room.again && room.members.size > 0) {
        room.again = false;
        await admit(userId, room);
      }
    })()
      .catch((error: unknown) => {
        room.stale = true;
        log.warn({ event: "inbox not loaded", message: error instanceof Error ? error.message.trim().split("\n").at(-1) : String(error) });
      })
      .finally(() => (room.loading = null));
    return room.loading;
  };

  return {
    join(ticket) {
      const claims = read(ticket);
      if (!claims) return null;
      const { userId, sessionId } = claims;
      const room = rooms.get(userId) ?? { board: createChangeBoard<T>(), members: new Set(), loading: null, again: false, stale: false };
      rooms.set(userId, room);
      const member: Member = { sessionId, standing: "waits" };
      room.members.add(member);
      void refresh(userId);
      return {
        board: room.board,
        standing: () => member.standing,
        leave() {
          member.standing = "out";
          room.members.delete(member);
          if (room.members.size === 0 && rooms.get(userId) === room) rooms.delete(userId);
        },
      };
    },
    changed: (userId) => void refresh(userId),
    async check() {
      const members = [...rooms].flatMap(([userId, room]) => [...room.members].map((member) => ({ userId, room, member })));
      for (let from = 0; from < members.length; from += CHECKED_AT_ONCE) {
        const part = members.slice(from, from + CHECKED_AT_ONCE);
        const open = await listOpen(part.map(({ member }) => member.sessionId));
        for (const { userId, room, member } of part) putOut(userId, room, open, [member]);
      }
      for (const [userId, room] of [...rooms]) if (room.stale) await refresh(userId);
    },
    async reload() {
      for (const userId of [...rooms.keys()]) await refresh(userId);
    },
    size: () => rooms.size,
  };
}
