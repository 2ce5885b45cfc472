// The address as state: `/w/VIEW/ID?FILTER`. One filter = the address, so every view can be shared, kept and gone back to.
// In: the browser's history. Out: `route`, reactive; `go` and `setQuery` change it. Never keeps a filter anywhere else.

/** Where one is: a view, what it is about, and the words after `?`. */
export interface Route {
  view: string;
  id: string;
  query: URLSearchParams;
}

function read(): Route {
  const [, , view = "explore", ...rest] = location.pathname.split("/");
  return { view: view || "explore", id: decodeURIComponent(rest.join("/")), query: new URLSearchParams(location.search) };
}

let current = $state.raw<Route>(read());

/** The route now. */
export const route = {
  get view() { return current.view; },
  get id() { return current.id; },
  get query() { return current.query; },
};

/** The address of a view. */
export function href(view: string, id = "", query: URLSearchParams | Record<string, string> = {}): string {
  const words = new URLSearchParams(query).toString();
  return `/w/${view}${id ? `/${encodeURIComponent(id)}` : ""}${words ? `?${words}` : ""}`;
}

/** Goes to an address of the workbench. `replace` leaves no step in the history. */
export function go(address: string, replace = false): void {
  history[replace ? "replaceState" : "pushState"](null, "", address);
  current = read();
}

/** Changes the words after `?`, staying where one is. */
export function setQuery(change: (query: URLSearchParams) => void, replace = false): void {
  const query = new URLSearchParams(current.query);
  change(query);
  go(href(current.view, current.id, query), replace);
}

/** Lets links inside the workbench change the route instead of loading a page. Returns what undoes it. */
export function listen(): () => void {
  const popped = () => { current = read(); };
  const clicked = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.("a");
    if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (!link.pathname.startsWith("/w/")) return;
    event.preventDefault();
    go(link.pathname + link.search + link.hash);
  };
  addEventListener("popstate", popped);
  document.addEventListener("click", clicked);
  return () => {
    removeEventListener("popstate", popped);
    document.removeEventListener("click", clicked);
  };
}
