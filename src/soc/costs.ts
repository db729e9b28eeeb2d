import type { Cost } from "../config/cost-field.js";
import type { Origin } from "../config/tree.js";
import { type CoreDomain, dynamicFactor } from "./core-domain.js";

/** Energy of one action, or power of one state, with where the figure comes from. */
export interface Figure {
  /** Joules per action, or watts. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly status: string;
  /** Datasheet, table or file:line. */
  readonly source: string;
}

/** Looks up where a value was written, given its path in the chip. */
export type OriginOf = (path: readonly (string | number)[]) => Origin | undefined;

/** A figure that the chip (or a part that it names) gives. */
export function given(cost: Cost, origin: Origin | undefined): Figure {
  const { value, low, high, status } = cost;
  const place = origin === undefined ? "" : `${origin.file}:${origin.line}`;
  const source = [cost.source, place === "" ? "" : `(${place})`].filter((text) => text !== "").join(" ");
  return { value, low, high, status, source };
}

/** A figure derived from another one by a factor, such as a supply voltage or a time. */
export function scaled(figure: Figure, factor: number, source: string): Figure {
  return {
    value: figure.value * factor,
    low: figure.low * factor,
    high: figure.high * factor,
    status: figure.status,
    source,
  };
}

/** A visible guess: reports show its status and count its share. */
export function placeholder(value: number, source: string): Figure {
  return { value, low: value, high: value, status: "placeholder", source };
}

/** A figure at another voltage than the one at which it is stated: dynamic energy goes with the square. */
export function atVoltage(figure: Figure, domain: CoreDomain | undefined): Figure {
  if (domain === undefined || domain.volts === domain.nominalVolts) return figure;
  const { volts, nominalVolts } = domain;
  const scaling = `x (${volts} V / ${nominalVolts} V)^2`;
  const source = figure.source === "" ? scaling : `${figure.source}, ${scaling}`;
  return scaled(figure, dynamicFactor(domain), source);
}
