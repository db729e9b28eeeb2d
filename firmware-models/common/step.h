#ifndef STEP_H
#define STEP_H
#include "network.h"
#include "random.h"
#include "saturate.h"

/* Each combination of choices becomes a loop of its own, without a choice inside. */
#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* How a row narrows its gradient (docs/numerics.md, "Update"); `word` is u. */
struct narrower { uint32_t stepBits, word; int32_t bias; };

ALWAYS_INLINE struct narrower startRow(uint32_t stepBits, int isDithered) {
  struct narrower by = {stepBits, 0, 0};
  if (isDithered) by.word = network.random = xorshift(network.random);
  else by.bias = (int32_t)(network.narrowing & NEAREST) << (stepBits - 1);
  return by;
}

ALWAYS_INLINE int32_t narrow(struct narrower *by, int32_t g, int isDithered) {
  if (isDithered) {
    int32_t random = (int32_t)(by->word >> (32 - by->stepBits));
    by->word += 0x9E3779B9u;
    return (g + random) >> by->stepBits;
  }
  int32_t sign = g >> 31;
  return ((((g ^ sign) - sign + by->bias) >> by->stepBits) ^ sign) - sign;
}

/* field - step, saturated; inverting the field's top bit makes it a number from 0, as long as all its bits. */
ALWAYS_INLINE uint32_t stepped(uint32_t field, int32_t step, uint32_t fieldMask) {
  uint32_t sign = fieldMask ^ fieldMask >> 1;
  int32_t moved = (int32_t)(field ^ sign) - step;
  return (uint32_t)atMost((int32_t)fieldMask, atLeast(0, moved)) ^ sign;
}

/* The next weight's gradient: delta * in of a sample; or that of a batch, which is left at 0, if `in` is null. */
ALWAYS_INLINE int32_t nextGradient(const int8_t **in, int32_t delta, int32_t **batch) {
  if (*in) return delta * *(*in)++;
  int32_t g = **batch;
  *(*batch)++ = 0;
  return g;
}
#endif
