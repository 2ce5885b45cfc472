// The review desk: what waits, what is looked at, what was ruled here. In: the queue of the server, orders of the reviewer. Out: rulings,
// one at a time. It never rules on an item that is not on screen, never hides a ruling that came between, and forgets none of its own.
import { get, Refused, rule } from "../lib/api";
import { inWords } from "../lib/load.svelte";
import { reviewer } from "../lib/reviewer.svelte";
import type { ClaimView, NewRuling, Problem, Queue, QueueItem, RulingEntry, Ruled } from "../lib/types";
import { t } from "../lib/words";

/** One ruling made here, and the item it was made on. */
export interface Made {
  number: number;
  key: string;
  item: QueueItem;
  says: string;
}

/** A ruling of somebody else that came between: the reviewer decides. */
export interface Between {
  ruling: RulingEntry;
  again: NewRuling;
  says: string;
}

/** Which item it is, however often the queue is read anew. Two near misses of one event differ in why they wait. */
export const keyOf = (it: QueueItem): string => `${it.item.kind}|${it.item.id}|${it.item.kind === "perhaps the same" ? it.item.why : ""}`;

export interface Server {
  queue(limit: number, about: string, cursor?: string): Promise<Queue>;
  rule(ruling: NewRuling): Promise<Ruled>;
}
const server: Server = {
  queue: (limit, about, cursor) => get<Queue>("queue", { limit: String(limit), ...(about ? { about } : {}), ...(cursor ? { cursor } : {}) }),
  rule,
};
const PAGE = 20;
/** No more is read again in one go, however far the reviewer has come. */
const MOST = 200;

export class Desk {
  items = $state.raw<QueueItem[]>([]);
  n_open = $state(0);
  current = $state.raw<QueueItem | null>(null);
  marked = $state(0);
  why = $state("");
  notice = $state("");
  error = $state("");
  busy = $state(false);
  loaded = $state(false);
  /** The item on screen no longer waits: somebody else ruled on it. */
  gone = $state(false);
  between = $state.raw<Between | null>(null);
  made = $state.raw<Made[]>([]);
  #next: string | null = null;
  #done = new Map<string, number>();
  #at = 0;
  #about = "";
  #server: Server;

  constructor(from: Server = server) {
    this.#server = from;
  }

  get open(): QueueItem[] {
    return this.items.filter((it) => !this.#done.has(keyOf(it)));
  }

  /** The claim that `a` and `r` rule on. */
  get claim(): ClaimView | undefined {
    return this.current?.claims[this.marked];
  }

  /** Looks at what waits about one claim, event or dispute; at everything, when it is empty. */
  async look(about: string): Promise<void> {
    this.#about = about;
    this.items = [];
    this.current = null;
    this.loaded = false;
    await this.refresh();
  }

  /** Reads the queue anew and keeps the reviewer where he is. */
  async refresh(): Promise<void> {
    try {
      const queue = await this.#server.queue(Math.min(MOST, Math.max(PAGE, this.items.length)), this.#about);
      const before = this.items.slice(0, this.#at);
      this.items = queue.items;
      this.n_open = queue.n_open;
      this.#next = queue.next ?? null;
      this.loaded = true;
      this.error = "";
      this.#settle(before);
    } catch (why) {
      this.error = inWords(why);
    }
  }

  #settle(before: QueueItem[]): void {
    if (!this.current) return this.#show(this.open[0] ?? null);
    const key = keyOf(this.current);
    const fresh = this.items.findIndex((it) => keyOf(it) === key);
    if (fresh < 0) {
      // It stays on screen, where it was in the order, and counts as ruled on.
      const there = new Set(this.items.map(keyOf));
      this.#at = before.filter((it) => there.has(keyOf(it))).length;
      this.items = [...this.items.slice(0, this.#at), this.current, ...this.items.slice(this.#at)];
      this.#done.set(key, 0);
      this.gone = true;
      return;
    }
    this.#at = fresh;
    const item = this.items[fresh]!;
    // What was seen stays what was seen: a newer ruling is told before it counts as read.
    if (item.seen > this.#seen(this.current)) this.notice = t("Somebody ruled on this meanwhile. Look again before you rule.");
    if (JSON.stringify(item) !== JSON.stringify(this.current)) {
      const claim = this.claim?.claim.claim_id;
      this.current = { ...item, seen: this.#seen(this.current) };
      this.marked = Math.max(0, item.claims.findIndex((it) => it.claim.claim_id === claim));
    }
  }

  #show(item: QueueItem | null): void {
    this.current = item;
    this.marked = 0;
    this.gone = false;
    this.between = null;
    if (item) this.#at = this.items.findIndex((it) => keyOf(it) === keyOf(item));
  }

  async #more(): Promise<void> {
    if (!this.#next) return;
    const queue = await this.#server.queue(PAGE, this.#about, this.#next);
    const there = new Set(this.items.map(keyOf));
    this.items = [...this.items, ...queue.items.filter((it) => !there.has(keyOf(it)))];
    this.n_open = queue.n_open;
    this.#next = queue.next ?? null;
  }

  /** The next or previous open item. */
  async step(by: 1 | -1): Promise<void> {
    const from = this.#at;
    const find = () => {
      for (let at = from + by; at >= 0 && at < this.items.length; at += by) {
        const item = this.items[at]!;
        if (!this.#done.has(keyOf(item))) return item;
      }
      return null;
    };
    let item = find();
    try {
      while (!item && by > 0 && this.#next) {
        await this.#more();
        item = find();
      }
    } catch (why) {
      this.error = inWords(why);
      return;
    }
    if (item) this.#show(item);
    else this.notice = by > 0 ? t("This is the last open item.") : t("This is the first open item.");
  }

  /** Marks another claim of the item. */
  mark(by: 1 | -1): void {
    const n = this.current?.claims.length ?? 0;
    if (n > 1) this.marked = (this.marked + by + n) % n;
  }

  /** The last ruling that the reviewer has seen on an item, his own among them. */
  #seen(item: QueueItem): number {
    const key = keyOf(item);
    return this.made.filter((it) => it.key === key).reduce((most, it) => Math.max(most, it.number), item.seen);
  }

  /** Rules on the item on screen and goes on. Tells whether the ruling was taken. */
  async rule(ruling: Pick<NewRuling, "action" | "subject" | "value">, says: string, stay = false): Promise<boolean> {
    if (this.busy || !this.current) return false;
    return this.#send({ ...ruling, reviewer: reviewer.signed, why: this.why.trim() || null, seen: this.#seen(this.current) }, says, stay);
  }

  async #send(ruling: NewRuling, says: string, stay: boolean): Promise<boolean> {
    const item = this.current;
    if (!item) return false;
    this.busy = true;
    this.error = "";
    try {
      const ruled = await this.#server.rule(ruling);
      this.made = [...this.made, { number: ruled.number, key: keyOf(item), item, says }];
      this.between = null;
      this.notice = `${t("Ruling")} ${ruled.number}: ${says}.`;
      if (!stay) await this.finish(item, ruled.number);
      return true;
    } catch (why) {
      return await this.#refused(why, ruling, says, stay);
    } finally {
      this.busy = false;
    }
  }

  async #refused(why: unknown, ruling: NewRuling, says: string, stay: boolean): Promise<boolean> {
    const problem: Problem | null = why instanceof Refused ? why.problem : null;
    const other = problem?.status === 409 ? problem.ruling : null;
    if (!other) {
      this.error = inWords(why);
      return false;
    }
    // One's own ruling, made on another item about the same claim, is no news.
    const own = this.made.some((it) => it.number === other.number);
    if (own && (ruling.seen ?? 0) < other.number) return this.#send({ ...ruling, seen: other.number }, says, stay);
    this.between = { ruling: other, again: { ...ruling, seen: other.number }, says };
    return false;
  }

  /** Counts the item as ruled on and shows the next open one. */
  async finish(item: QueueItem, number: number): Promise<void> {
    this.#done.set(keyOf(item), number);
    this.why = "";
    this.n_open = Math.max(0, this.n_open - 1);
    if (this.open.length < 5) await this.#more().catch((why: unknown) => { this.error = inWords(why); });
    const after = this.items.slice(this.#at + 1).find((it) => !this.#done.has(keyOf(it)));
    this.#show(after ?? this.open[0] ?? null);
  }

  /** Rules all the same, knowing the ruling that came between. */
  async insist(): Promise<void> {
    if (this.between && !this.busy) await this.#send(this.between.again, this.between.says, false);
  }

  /** Leaves the other ruling as it is. */
  async yield(): Promise<void> {
    const number = this.between?.ruling.number;
    if (!this.current || number === undefined) return;
    this.notice = `${t("Ruling")} ${number} ${t("was left as it is")}.`;
    await this.finish(this.current, number);
  }

  /** Takes back the last ruling made here that was not taken back yet, and shows its item again. */
  async undo(): Promise<void> {
    const last = this.made.at(-1);
    if (this.busy) return;
    if (!last) {
      this.notice = t("You have made no ruling here that could be taken back. The audit log has all of them.");
      return;
    }
    this.busy = true;
    try {
      const ruled = await this.#server.rule({ action: "undo", subject: String(last.number), reviewer: reviewer.signed, why: this.why.trim() || null });
      this.made = this.made.slice(0, -1);
      if (this.#done.delete(last.key)) this.n_open += 1;
      this.why = "";
      if (!this.items.some((it) => keyOf(it) === last.key)) this.items = [...this.items.slice(0, this.#at), last.item, ...this.items.slice(this.#at)];
      this.#show({ ...last.item, seen: Math.max(last.item.seen, ruled.number) });
      this.notice = `${t("Ruling")} ${last.number} ${t("taken back")}: ${last.says}.`;
    } catch (why) {
      this.error = inWords(why);
    } finally {
      this.busy = false;
    }
  }
}
