// Wide tables on narrow screens: what scrolls sideways must be reached by the keyboard.
// In: a label. Out: an attachment, `<div class="scroll" {@attach scrolls("…")}>`, that makes the box a stop of Tab while it overflows.
import type { Attachment } from "svelte/attachments";

export const scrolls = (label: string): Attachment<HTMLElement> => (box) => {
  const look = () => {
    const over = box.scrollWidth > box.clientWidth + 1;
    for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", label]] as const) {
      if (over) box.setAttribute(name, value);
      else box.removeAttribute(name);
    }
  };
  const watch = new ResizeObserver(look);
  watch.observe(box);
  for (const child of box.children) watch.observe(child);
  return () => watch.disconnect();
};
