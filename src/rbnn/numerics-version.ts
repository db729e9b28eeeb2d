/**
 * The version of everything that turns a workload, its data and its seed into weights, errors and activity: the
 * specification of docs/numerics.md with the order in which it draws random numbers, and the synthetic data set.
 * Raised by one with each change after which any workload gives other bits, so that checkpoints and cached outcomes of
 * before are not taken for those of now. `test/rbnn/golden.test.ts` fails when it has to be.
 */
export const NUMERICS_VERSION = 1;
