// Tells when the record changes, in this window or another. In: what to do then. Out: what undoes it. One connection for the whole page.

type Listener = () => void;
const listeners = new Set<Listener>();
let stream: EventSource | null = null;
let version: string | null = null;

/** Calls `then` whenever the record has a new version. Returns what ends it. */
export function onChange(then: Listener): () => void {
  listeners.add(then);
  if (!stream && typeof EventSource !== "undefined") {
    stream = new EventSource("/api/live");
    stream.addEventListener("version", ({ data }: MessageEvent<string>) => {
      // The first one only tells what is shown already.
      const changed = version !== null && version !== data;
      version = data;
      if (changed) for (const listener of [...listeners]) listener();
    });
  }
  return () => {
    listeners.delete(then);
    if (listeners.size === 0) {
      stream?.close();
      stream = null;
      version = null;
    }
  };
}
