// What an edit of a claim comes to. In: the claim and the form as it was filled in. Out: one ruling for each field that was changed,
// or what is wrong with a field, in words. Changes nothing itself.
import type { Claim, NewRuling } from "../lib/types";
import { t } from "../lib/words";

/** The form. Days and degrees as typed. */
export interface Form {
  event: string;
  status: string;
  polarity: string;
  from: string;
  to: string;
  lat: string;
  lon: string;
  radius_km: string;
  place: string;
  /** For each actor or target of the text, who is meant. */
  names: { text: string; name: string }[];
}

type Change = Pick<NewRuling, "action" | "subject" | "value">;

/** The form as the claim stands. */
export function formOf(claim: Claim): Form {
  const texts = new Map([...claim.actors, ...claim.targets].map((it) => [it.text, it.name]));
  const text = (value: number | null | undefined) => (value == null ? "" : String(value));
  return {
    event: claim.event, status: claim.status, polarity: claim.polarity,
    from: claim.time?.from ?? "", to: claim.time?.to ?? "",
    lat: text(claim.place?.lat), lon: text(claim.place?.lon), radius_km: text(claim.place?.radius_km), place: claim.place?.name ?? claim.place?.text ?? "",
    names: [...texts].map(([text, name]) => ({ text, name })),
  };
}

const isDay = (text: string) => text === "" || (/^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)));
const inRange = (text: string, most: number) => text.trim() !== "" && Number.isFinite(Number(text)) && Math.abs(Number(text)) <= most;

function dated(form: Form): string | Error {
  if (!isDay(form.from) || !isDay(form.to)) return new Error(t("A day is written as 2031-05-04."));
  if (form.from && form.to && form.to < form.from) return new Error(t("The last day is before the first."));
  return form.from === form.to ? form.from : `${form.from}..${form.to}`;
}

function placed(form: Form): string | Error {
  if (!form.lat.trim() && !form.lon.trim()) return "";
  if (!inRange(form.lat, 90)) return new Error(t("Latitude is a number from -90 to 90."));
  if (!inRange(form.lon, 180)) return new Error(t("Longitude is a number from -180 to 180."));
  const radius = form.radius_km.trim() || "0";
  if (!inRange(radius, 20_015) || Number(radius) < 0) return new Error(t("The distance around is a number of kilometres, 0 or more."));
  const name = form.place.replace(/;/g, ",").trim();
  return `${form.lat.trim()},${form.lon.trim()},${radius}${name ? `;name=${name}` : ""}`;
}

/** A ruling for each changed field; or what is wrong. */
export function changes(claim: Claim, form: Form): Change[] | Error {
  const before = formOf(claim);
  const all: Change[] = [];
  const add = (action: string, value: string) => all.push({ action, subject: claim.claim_id, value });
  if (form.event !== before.event) add("relabel", `event=${form.event}`);
  if (form.status !== before.status) add("relabel", `status=${form.status}`);
  if (form.polarity !== before.polarity) add("relabel", `polarity=${form.polarity}`);
  if (form.from !== before.from || form.to !== before.to) {
    const value = dated(form);
    if (value instanceof Error) return value;
    add("pin", `date=${value}`);
  }
  if (form.lat !== before.lat || form.lon !== before.lon || form.radius_km !== before.radius_km || form.place !== before.place) {
    const value = placed(form);
    if (value instanceof Error) return value;
    if (!value && form.place.trim()) return new Error(t("A place needs its latitude and longitude."));
    add("pin", `place=${value}`);
  }
  form.names.forEach(({ text, name }, i) => {
    if (name.trim() && name !== before.names[i]?.name) add("name", `actor=${text} -> ${name.trim()}`);
  });
  return all;
}
