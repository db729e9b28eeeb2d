/** The phases of a training run, in the order in which a device meets them; `infer` is reported apart. */
export const PHASES = [
  "load",
  "forward",
  "loss",
  "backward",
  "update",
  "validate",
  "snapshot",
  "recycle",
  "infer",
] as const;

export type Phase = (typeof PHASES)[number];
