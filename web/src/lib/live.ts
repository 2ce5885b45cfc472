// Tells when the record changes, in this window or another. In: what to do then. Out: what undoes it.
// One connection for the whole page, and none while the page is hidden: a browser allows six to one server, and tabs are many.

type Listener = () => void;
const listeners = new Set<Listener>();
let stream: EventSource | null = null;
let last = "";

function tend(): void {
  const wanted = listeners.size > 0 && document.visibilityState === "visible";
  if (wanted && !stream) {
    stream = new EventSource("/api/live");
    // The server tells its version at once, so nothing that changed while the page was hidden is missed.
    stream.addEventListener("version", ({ data }: MessageEvent<string>) => {
      if (data === last) return;
      last = data;
      for (const listener of [...listeners]) listener();
    });
  } else if (!wanted && stream) {
    stream.close();
    stream = null;
  }
}

/** Calls `then` whenever the record has a new version. Returns what ends it. */
export function onChange(then: Listener): () => void {
  if (listeners.size === 0) document.addEventListener("visibilitychange", tend);
  listeners.add(then);
  tend();
  return () => {
    listeners.delete(then);
    if (listeners.size === 0) document.removeEventListener("visibilitychange", tend);
    tend();
  };
}
