#ifndef SATURATE_H
#define SATURATE_H
#include <stdint.h>
/* Without branches, so that a kernel takes the same time whatever its data. */
static inline int32_t atMost(int32_t high, int32_t v) {
  int32_t below = v - high;
  return high + (below & below >> 31);
}

static inline int32_t atLeast(int32_t low, int32_t v) {
  int32_t above = v - low;
  return low + (above & ~(above >> 31));
}

static inline int32_t toByte(int32_t v) { return atMost(127, atLeast(-128, v)); }
#endif
