#include "activation.h"
#include "planes.h"

static void project(const struct layer *l, uint32_t j, int32_t delta) {
  struct reader plane = readFrom(weights, plasticPlane(l, rowOf(l, j)));
  for (int32_t *sum = accumulator, *end = accumulator + l->inputs; sum < end; sum++) {
    *sum += signedBy(takeSign(&plane), delta);
  }
}

#include "backward-rows.h"
