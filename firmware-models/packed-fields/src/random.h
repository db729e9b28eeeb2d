#ifndef RANDOM_H
#define RANDOM_H
#include "network.h"
/* The on-chip xorshift32 (docs/numerics.md, "Randomness"). */
static inline uint32_t nextRandom(void) {
  uint32_t x = network.random;
  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  return network.random = x;
}
#endif
