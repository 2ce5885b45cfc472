// Single keys as orders: when they may act. In: where a key press fell, and what the reader chose. Out: yes or no.
// They can be switched off (WCAG 2.1.4), which the browser remembers; they never act while somebody writes.

const STORED = "sitrep-keys";
const remembered = (): boolean => {
  try { return localStorage.getItem(STORED) !== "off"; } catch { return true; }
};
let on = $state(remembered());

/** Whether single keys act. */
export const keys = {
  get on() { return on; },
  set on(value: boolean) {
    on = value;
    try { localStorage.setItem(STORED, value ? "on" : "off"); } catch { /* not remembered */ }
  },
};

type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "isComposing" | "target" | "defaultPrevented">;

/** Whether keys typed into it are words, not orders. */
export function isField(target: EventTarget | null): boolean {
  const element = target as { closest?: (selector: string) => unknown; isContentEditable?: boolean } | null;
  return Boolean(element?.isContentEditable || element?.closest?.("input:not([type=checkbox]), textarea, select, dialog, [contenteditable], [role=textbox]"));
}

/** The single key pressed, when it may act as an order. */
export function order(press: Press): string | undefined {
  if (!on || press.defaultPrevented || press.ctrlKey || press.metaKey || press.altKey || press.isComposing || isField(press.target)) return undefined;
  return press.key;
}
