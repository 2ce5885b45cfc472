// Asks the server. In: a path of the API and words after `?`. Out: JSON as the types say, or a `Refused` that says why.
// Never talks to any other server; the page's policy would not let it.
import type { NewRuling, Problem, Ruled } from "./types";

/** The server said no. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.title);
  }
}

const token = () => document.querySelector<HTMLMetaElement>('meta[name="sitrep-token"]')?.content ?? "";

async function answered<T>(response: Response): Promise<T> {
  if (response.ok) return (await response.json()) as T;
  const problem = (await response.json().catch(() => null)) as Problem | null;
  throw new Refused(problem ?? { type: "about:blank", title: "The server did not answer", status: response.status, detail: response.statusText });
}

/** Reads. */
export async function get<T>(path: string, query?: URLSearchParams | Record<string, string>, signal?: AbortSignal): Promise<T> {
  const words = query ? new URLSearchParams(query).toString() : "";
  return answered<T>(await fetch(`/api/${path}${words ? `?${words}` : ""}`, { signal: signal ?? null }));
}

/** Writes JSON. */
export async function post<T>(path: string, body: unknown): Promise<T> {
  const headers = { "content-type": "application/json", "x-sitrep-token": token() };
  return answered<T>(await fetch(`/api/${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

/** Writes bytes: a page to read. */
export async function send<T>(path: string, query: Record<string, string>, body: Blob): Promise<T> {
  const headers = { "content-type": "application/octet-stream", "x-sitrep-token": token() };
  return answered<T>(await fetch(`/api/${path}?${new URLSearchParams(query)}`, { method: "POST", headers, body }));
}

/** Rules on something. */
export const rule = (ruling: NewRuling): Promise<Ruled> => post<Ruled>("rulings", ruling);
