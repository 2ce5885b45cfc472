import { describe, expect, it, vi } from "vitest";
import { Refused } from "../lib/api";
import type { NewRuling, Problem, Queue, QueueItem, RulingEntry } from "../lib/types";
import { Desk, keyOf, type Server } from "./desk.svelte";

const item = (id: string, kind = "unsure reading", seen = 0): QueueItem =>
  ({ item: { kind, id, why: "reading sure to 0.50", text: id }, claims: [{ claim: { claim_id: id } }], events: [], documents: {}, seen }) as unknown as QueueItem;

/** A server that keeps a list of what waits and of rulings, as the real one does. */
function made(ids: string[], page = 20) {
  const rulings: NewRuling[] = [];
  let waiting = ids.map((id) => item(id));
  let refuse: Problem | null = null;
  const server: Server = {
    queue: async (limit, _about, cursor): Promise<Queue> => {
      const from = Number(cursor ?? 0);
      const most = Math.min(limit, page);
      return { items: waiting.slice(from, from + most), n_open: waiting.length, next: from + most < waiting.length ? String(from + most) : null };
    },
    rule: async (ruling) => {
      const no = refuse;
      if (no && (ruling.seen ?? 0) < (no.ruling?.number ?? Infinity)) throw new Refused(no);
      rulings.push(ruling);
      return { number: (no?.ruling?.number ?? 0) + rulings.length, version: "v", settling: true };
    },
  };
  return {
    server, rulings,
    drop: (id: string) => { waiting = waiting.filter((it) => it.item.id !== id); },
    refuseWith: (ruling: Partial<RulingEntry> | null) => {
      refuse = ruling ? { type: "conflict", title: "Ruled meanwhile", status: 409, detail: "", ruling: { number: 7, action: "reject", subject: "c_1", reviewer: "Desk B", state: "in force", ...ruling } } : null;
    },
  };
}
const accept = (desk: Desk) => desk.rule({ action: "accept", subject: desk.claim!.claim.claim_id }, "accepted");
const shown = (desk: Desk) => desk.current?.item.id;

describe("Desk", () => {
  it("rules on what is shown and goes on to the next open item", async () => {
    const { server, rulings } = made(["c_1", "c_2", "c_3"]);
    const desk = new Desk(server);
    await desk.refresh();
    desk.why = " a caption ";
    expect(await accept(desk)).toBe(true);
    expect(rulings).toEqual([{ action: "accept", subject: "c_1", reviewer: null, why: "a caption", seen: 0 }]);
    expect([shown(desk), desk.why, desk.n_open]).toEqual(["c_2", "", 2]);
    await desk.step(-1);
    expect(shown(desk)).toBe("c_2");
    await desk.step(1);
    await desk.step(1);
    expect(shown(desk)).toBe("c_3");
    expect(desk.notice).toContain("last");
  });

  it("takes one ruling at a time: a second key meanwhile rules on nothing", async () => {
    const { server, rulings } = made(["c_1", "c_2"]);
    const desk = new Desk(server);
    await desk.refresh();
    await Promise.all([accept(desk), accept(desk)]);
    expect(rulings.map((it) => it.subject)).toEqual(["c_1"]);
  });

  it("takes back the last ruling and shows its item again", async () => {
    const { server, rulings, drop } = made(["c_1", "c_2"]);
    const desk = new Desk(server);
    await desk.refresh();
    await accept(desk);
    drop("c_1");
    await desk.refresh();
    expect(shown(desk)).toBe("c_2");
    await desk.undo();
    expect(rulings.at(-1)).toMatchObject({ action: "undo", subject: "1" });
    expect(shown(desk)).toBe("c_1");
    await desk.undo();
    expect(rulings.length).toBe(2);
  });

  it("shows a ruling that came between and lets the reviewer decide", async () => {
    const { server, rulings, refuseWith } = made(["c_1", "c_2"]);
    const desk = new Desk(server);
    await desk.refresh();
    refuseWith({});
    expect(await accept(desk)).toBe(false);
    expect(desk.between?.ruling.reviewer).toBe("Desk B");
    expect([shown(desk), rulings.length]).toEqual(["c_1", 0]);
    await desk.insist();
    expect(rulings).toMatchObject([{ action: "accept", subject: "c_1", seen: 7 }]);
    expect([shown(desk), desk.between]).toEqual(["c_2", null]);
  });

  it("leaves the other ruling when told so", async () => {
    const { server, rulings, refuseWith } = made(["c_1", "c_2"]);
    const desk = new Desk(server);
    await desk.refresh();
    refuseWith({});
    await accept(desk);
    await desk.yield();
    expect([shown(desk), rulings.length]).toEqual(["c_2", 0]);
  });

  it("stays on the item, and says so, when it is ruled on elsewhere", async () => {
    const { server, drop } = made(["c_1", "c_2"]);
    const desk = new Desk(server);
    await desk.refresh();
    drop("c_1");
    await desk.refresh();
    expect([shown(desk), desk.gone]).toEqual(["c_1", true]);
    await desk.step(1);
    expect([shown(desk), desk.gone]).toEqual(["c_2", false]);
  });

  it("reads on when the page runs out", async () => {
    const { server } = made(Array.from({ length: 9 }, (_, i) => `c_${i}`), 3);
    const desk = new Desk(server);
    await desk.refresh();
    for (let i = 0; i < 9; i += 1) expect(await accept(desk)).toBe(true);
    expect(desk.current).toBeNull();
    expect(desk.made.length).toBe(9);
  });

  it("says what went wrong and keeps item and reason", async () => {
    const { server } = made(["c_1"]);
    const desk = new Desk({ ...server, rule: vi.fn(async () => { throw new TypeError("down"); }) });
    await desk.refresh();
    desk.why = "kept";
    expect(await accept(desk)).toBe(false);
    expect([shown(desk), desk.why]).toEqual(["c_1", "kept"]);
    expect(desk.error).toContain("does not answer");
  });
});

it("tells two near misses of one event apart", () => {
  const one = item("e_1", "perhaps the same");
  expect(keyOf(one)).not.toBe(keyOf({ ...one, item: { ...one.item, why: "perhaps the same as e_3" } }));
});
