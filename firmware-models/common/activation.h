#ifndef ACTIVATION_H
#define ACTIVATION_H
#include "saturate.h"

/* x if `sign` is 0, -x if it is -1. */
static inline int32_t signedBy(int32_t sign, int32_t x) { return (x ^ sign) - sign; }

/* Of a sum with its shift less 2 (docs/numerics.md, "Forward"); z >> shift fits 16 bits, which the last clamp makes enough. */
static inline int8_t hiddenActivation(int32_t z, uint32_t shift) {
  return (int8_t)atMost(110, atLeast(-110, (293 * (z >> shift) + 512) >> 10));
}

/* The largest logit so far and its class, the first of equals. */
struct winner { int32_t logit; uint32_t index; };

static inline void compare(struct winner *w, int32_t logit, uint32_t index) {
  int32_t isLarger = (w->logit - logit) >> 31;
  w->logit += (logit - w->logit) & isLarger;
  w->index ^= (w->index ^ index) & (uint32_t)isLarger;
}
#endif
