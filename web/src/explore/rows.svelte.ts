// The rows of a long list, asked for page by page as they come into sight.
// In: a filter. Out: rows by number, where they have come. A cursor is the number of rows before it where the server says so;
// otherwise pages are asked for one after the other. Answers to an older filter are dropped.
import { get } from "../lib/api";
import { inWords } from "../lib/load.svelte";
import type { EventBrief, Explore } from "../lib/types";

/** Rows a page. */
export const PAGE = 100;
/** Pages kept; those farthest from sight are forgotten. */
const MOST_PAGES = 60;

export class Rows {
  total = $state(0);
  error = $state<string | null>(null);
  /** Grows with every page that comes, so that what reads rows is told. */
  version = $state(0);
  #filter = "";
  #pages = new Map<number, EventBrief[]>();
  #cursors = new Map<number, string>([[0, ""]]);
  #asked = new Set<number>();
  #jumps = false;
  #stop = new AbortController();

  /** Starts over with the first page of another filter. */
  start(filter: URLSearchParams, first: Explore): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#filter = filter.toString();
    this.#pages = new Map([[0, first.events]]);
    this.#cursors = new Map([[0, ""]]);
    this.#asked = new Set();
    this.#jumps = first.next === String(PAGE);
    if (first.next) this.#cursors.set(1, first.next);
    this.total = first.n_events;
    this.error = null;
    this.version += 1;
  }

  /** A row, when it is there. */
  at(index: number): EventBrief | null {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null;
  }

  /** Asks for what is missing of the rows from one to another. */
  need(from: number, to: number): void {
    const last = Math.floor(Math.min(to, this.total - 1) / PAGE);
    for (let page = Math.floor(from / PAGE); page <= last; page += 1) {
      if (!this.#pages.has(page)) void this.#ask(this.#known(page));
    }
  }

  /** The page itself, or the last one before it of which the cursor is known. */
  #known(page: number): number {
    if (this.#jumps) return page;
    let known = page;
    while (!this.#cursors.has(known)) known -= 1;
    return known;
  }

  async #ask(page: number): Promise<void> {
    if (this.#asked.has(page) || this.#pages.has(page)) return;
    this.#asked.add(page);
    const { signal } = this.#stop;
    const query = new URLSearchParams(this.#filter);
    query.set("limit", String(PAGE));
    const cursor = this.#cursors.get(page) ?? (page ? String(page * PAGE) : "");
    if (cursor) query.set("cursor", cursor);
    try {
      const answer = await get<Explore>("explore", query, signal);
      if (signal.aborted) return;
      this.#pages.set(page, answer.events);
      if (answer.next) this.#cursors.set(page + 1, answer.next);
      this.#forget(page);
      this.error = null;
      this.version += 1;
    } catch (why) {
      if (!signal.aborted) this.error = inWords(why);
    } finally {
      if (!signal.aborted) this.#asked.delete(page);
    }
  }

  #forget(near: number): void {
    const far = [...this.#pages.keys()].sort((a, b) => Math.abs(b - near) - Math.abs(a - near));
    for (const page of far.slice(0, Math.max(0, far.length - MOST_PAGES))) this.#pages.delete(page);
  }
}
