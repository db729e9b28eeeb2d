#ifndef DITHER_H
#define DITHER_H
#include "random.h"
/* How a row narrows its gradient; `word` is u of docs/numerics.md, "Update". */
struct narrower { uint32_t mode; uint32_t stepBits; int32_t bias; uint32_t word; };

static inline struct narrower startRow(uint32_t stepBits) {
  uint32_t mode = network.narrowing;
  int32_t bias = mode == NEAREST ? 1 << (stepBits - 1) : 0;
  return (struct narrower){mode, stepBits, bias, mode == DITHER ? nextRandom() : 0};
}

static inline int32_t narrow(struct narrower *by, int32_t g) {
  if (by->mode == DITHER) {
    int32_t r = (int32_t)(by->word >> (32 - by->stepBits));
    by->word += 0x9E3779B9u;
    return (g + r) >> by->stepBits;
  }
  return g < 0 ? -((by->bias - g) >> by->stepBits) : (g + by->bias) >> by->stepBits;
}
#endif
