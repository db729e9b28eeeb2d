#ifndef RANDOM_H
#define RANDOM_H
#include <stdint.h>
/* A step of the on-chip xorshift32 (docs/numerics.md, "Randomness"); its state is `network.random`. */
static inline uint32_t xorshift(uint32_t x) {
  x ^= x << 13;
  x ^= x >> 17;
  return x ^ x << 5;
}
#endif
