import type { Channel, Frame } from "@/server/contracts/realtime";
import type { ChangeBoard } from "./change-board";
import { createChannelReader } from "./channel-reader";
import type { InboxRooms, InboxSeat } from "./inbox-rooms";
import type { Boards } from "./live-boards";

export type FrameContent = Partial<Omit<Frame, "channel" | "seq" | "sentAt">>;
type NextFrame = { kind: "snapshot" | "delta"; seq: number; content: FrameContent };

/** One client's place in a channel that is followed whole. */
export type ChannelFollower = {
  join: () => void;
  /** What the client has not seen yet, or null; "over" when the place was lost. Call it only when the frame can be sent. */
  next: (now: number) => NextFrame | "over" | null;
  close: () => void;
};

/** Boards of hundreds of rows travel once a second and no more, for what is read changes no faster. */
const BOARD_PACE_MS = 1_000;

function follow<T>(board: ChangeBoard<T>, toContent: (values: T[]) => FrameContent, paceMs = 0): ChannelFollower {
  const reader = createChannelReader(board);
  let notBefore = 0;
  return {
    join() {
      reader.join("all");
      notBefore = 0;
    },
    next(now) {
      if (now < notBefore) return null;
      const frame = reader.next();
      if (!frame) return null;
      notBefore = now + paceMs;
      return { kind: frame.kind, seq: frame.seq, content: toContent(frame.values) };
    },
    close: reader.close,
  };
}

export type SharedChannel = Exclude<keyof Boards, "prices">;

export const FOLLOW_SHARED: Record<SharedChannel, (boards: Boards) => ChannelFollower> = {
  "market-updates": (boards) => follow(boards["market-updates"], (updates) => ({ updates })),
  macro: (boards) => follow(boards.macro, (updates) => ({ updates })),
  crypto: (boards) => follow(boards.crypto, (coins) => ({ coins }), BOARD_PACE_MS),
  sp500: (boards) => follow(boards.sp500, (ticks) => ({ ticks }), BOARD_PACE_MS),
  sp500_market: (boards) => follow(boards.sp500_market, ([pulse]) => ({ pulse })),
  etf: (boards) => follow(boards.etf, (ticks) => ({ ticks }), BOARD_PACE_MS),
  etf_market: (boards) => follow(boards.etf_market, ([pulse]) => ({ pulse })),
};

export type PersonChannel = Exclude<Channel, keyof Boards>;

/** A door to what is a person's own: a place for whoever shows a ticket, null for everybody else. */
export type PersonDoor = (ticket: string) => ChannelFollower | null;

export function personDoor<T>(rooms: Pick<InboxRooms<T>, "join">, toContent: (value: T) => FrameContent): PersonDoor {
  return (ticket) => {
    const seat = rooms.join(ticket);
    return seat && followSeat(seat, toContent);
  };
}

/** Nothing is sent while the seat waits for its session to be looked up, nor after that has ended. */
function followSeat<T>(seat: InboxSeat<T>, toContent: (value: T) => FrameContent): ChannelFollower {
  const follower = follow(seat.board, ([value]) => (value === undefined ? {} : toContent(value)));
  return {
    join: follower.join,
    next(now) {
      const standing = seat.standing();
      if (standing === "out") return "over";
      return standing === "in" ? follower.next(now) : null;
    },
    close() {
      follower.close();
      seat.leave();
    },
  };
}
