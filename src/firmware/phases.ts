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

/** Phases whose costs add up to one training; the rest of {@link PHASES} is `infer`. */
export const TRAINING_PHASES: readonly Phase[] = PHASES.filter((phase) => phase !== "infer");
