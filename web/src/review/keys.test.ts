import { describe, expect, it } from "vitest";
import { keys } from "../lib/keys.svelte";
import { actionOf, KEYS } from "./keys";

const press = (key: string, more: object = {}) =>
  actionOf({ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, target: null, defaultPrevented: false, repeat: false, ...more });
const inside = (name: string) => ({ closest: (selector: string) => (selector.split(", ").includes(name) ? {} : null) }) as unknown as EventTarget;

describe("actionOf", () => {
  it("knows every key of the help, each once", () => {
    for (const [key, action] of KEYS) expect(press(key)).toBe(action);
    expect(new Set(KEYS.map(([key]) => key)).size).toBe(KEYS.length);
    expect(press("A")).toBeUndefined();
    expect(press("x")).toBeUndefined();
  });

  it("is silent while somebody writes, or a dialog is open", () => {
    for (const name of ["input:not([type=checkbox])", "textarea", "select", "dialog", "[role=textbox]"]) expect(press("a", { target: inside(name) })).toBeUndefined();
    expect(press("a", { target: { isContentEditable: true } as unknown as EventTarget })).toBeUndefined();
    expect(press("a", { target: inside("button") })).toBe("accept");
  });

  it("leaves the browser its own keys", () => {
    for (const modifier of ["ctrlKey", "metaKey", "altKey", "isComposing", "defaultPrevented"]) expect(press("r", { [modifier]: true })).toBeUndefined();
  });

  it("rules once when a key is held down", () => {
    expect(press("a", { repeat: true })).toBeUndefined();
    expect(press("j", { repeat: true })).toBe("next");
  });

  it("is silent when single keys are switched off", () => {
    keys.on = false;
    expect(press("a")).toBeUndefined();
    keys.on = true;
    expect(press("a")).toBe("accept");
  });
});
