import { expect, it } from "vitest";
import { choiceOf, report, words } from "./address";

it("reads back what it wrote, several places and sources included", () => {
  const choice = { since: "2031-05-01", until: "", places: ["Orsk & Varn", "Deir"], sources: ["Courier"] };
  expect(choiceOf(words(choice))).toEqual(choice);
  expect(report(choice)).toBe("/report?since=2031-05-01&place=Orsk+%26+Varn&place=Deir&source=Courier&bare=1");
  expect(report(choiceOf(new URLSearchParams()), true)).toBe("/report.md");
});
