// The outlines of the world, asked for once for all maps. In: nothing. Out: `outlines.data` when they have come, else `error`.
import { get } from "../lib/api";
import { inWords } from "../lib/load.svelte";
import { prepared } from "./outline";
import type { Flat, Outlines } from "./outline";

let data = $state.raw<Flat | null>(null);
let error = $state<string | null>(null);
let asked = false;

export const outlines = {
  get data() { return data; },
  get error() { return error; },
  /** Asks for them, unless they are there or on their way. */
  ask(): void {
    if (asked) return;
    asked = true;
    get<Outlines>("outlines").then(
      (answer) => { data = prepared(answer); error = null; },
      (why: unknown) => { asked = false; error = inWords(why); },
    );
  },
};
