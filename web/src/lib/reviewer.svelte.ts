// Who rules, as the person wrote it; the browser remembers it. Nothing checks it: it is a signature, not a login.

const STORED = "sitrep-reviewer";
const remembered = (): string => {
  try { return localStorage.getItem(STORED) ?? ""; } catch { return ""; }
};
let name = $state(remembered());

export const reviewer = {
  get name() { return name; },
  set name(value: string) {
    name = value;
    try { localStorage.setItem(STORED, value); } catch { /* not remembered */ }
  },
  /** The name for a ruling; nothing when none was written. */
  get signed(): string | null { return name.trim() || null; },
};
