/** The shipped firmware models that have firmware. */
export const MODELS = ["packed-fields", "bit-planes"] as const;

export type Model = (typeof MODELS)[number];
