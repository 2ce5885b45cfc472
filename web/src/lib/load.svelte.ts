// Loading: asks the server, lets the newest question win, and says in plain words what went wrong.
// In: a function that says what to ask. Out: a `Loaded` whose fields are reactive. Keeps the last answer on screen while the next one
// is on its way, so that a changed filter does not blank the page.
import { get, Refused } from "./api";
import { t } from "./words";

/** What to ask: the path after `/api/` and the words after `?`; null asks nothing. */
export type Question = { path: string; query?: URLSearchParams | Record<string, string> } | null;

export interface Loaded<T> {
  /** The last answer, if there was one. */
  readonly data: T | null;
  /** What went wrong, in words. */
  readonly error: string | null;
  readonly loading: boolean;
  /** Asks again. */
  retry(): void;
}

/** Says what went wrong. */
export function inWords(error: unknown): string {
  if (error instanceof Refused) return error.problem.detail || error.problem.title;
  if (error instanceof TypeError) return t("The server does not answer. Is sitrep still running?");
  return error instanceof Error ? error.message : String(error);
}

/** Asks whenever what `question` reads changes. Call it while a component is set up. */
export function load<T>(question: () => Question): Loaded<T> {
  let data = $state.raw<T | null>(null);
  let error = $state<string | null>(null);
  let loading = $state(true);
  let again = $state(0);
  const asked = $derived.by(() => {
    const now = question();
    return now && JSON.stringify([now.path, new URLSearchParams(now.query).toString()]);
  });

  $effect(() => {
    void again;
    if (!asked) {
      loading = false;
      return;
    }
    const [path, query] = JSON.parse(asked) as [string, string];
    const stop = new AbortController();
    loading = true;
    get<T>(path, new URLSearchParams(query), stop.signal).then(
      (answer) => { if (!stop.signal.aborted) { data = answer; error = null; loading = false; } },
      (why: unknown) => { if (!stop.signal.aborted) { error = inWords(why); loading = false; } },
    );
    return () => stop.abort();
  });

  return {
    get data() { return data; },
    get error() { return error; },
    get loading() { return loading; },
    retry: () => { again += 1; },
  };
}
