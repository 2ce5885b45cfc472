// Where things stand on the calibration plot. In: bands of a row of scores. Out: coordinates in a square of SIZE, y upwards turned down.
import type { CalibrationBin, ScoreRow } from "../lib/types";
import { t } from "../lib/words";

export const SIZE = 300;
export const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** A share as a coordinate: 0 is left, or below. */
export const x = (share: number): number => Math.round(Math.max(0, Math.min(1, share)) * SIZE * 10) / 10;
export const y = (share: number): number => Math.round((SIZE - x(share)) * 10) / 10;

/** One band as it is drawn: a point, and its interval. */
export interface Point {
  x: number;
  y: number;
  low: number;
  high: number;
  /** Radius, by how many forecasts stand behind it: area in proportion, within bounds that can be seen. */
  r: number;
  says: string;
}

/** The bands with forecasts in them. */
export function points(bins: CalibrationBin[]): Point[] {
  return bins.filter((it) => it.n > 0).map((it) => ({
    x: x(it.foreseen), y: y(it.came / it.n), low: y(it.low), high: y(it.high), r: Math.min(14, 4 + 2 * Math.sqrt(it.n)),
    says: `${t("foreseen")} ${percent(it.foreseen)}, ${t("came")} ${it.came} ${t("of")} ${it.n} (${percent(it.low)}–${percent(it.high)})`,
  }));
}

/** `62 %` */
export const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** What a row of scores is about, in words. */
export const who = (row: ScoreRow): string => (row.kind === "all" ? t("all forecasts") : row.kind === "commenters" ? t("readers’ comments together") : row.who);
