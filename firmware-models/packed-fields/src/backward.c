#include "activation.h"
#include "bits.h"
#include "network.h"
#include "tensors.h"

static void project(const struct layer *l, uint32_t j, int32_t delta) {
  uint32_t n = network.cellBits, unused = 32 - network.fieldBits;
  struct reader r = readFrom(weights, (l->firstCell + j * l->inputs) * n);
  for (int32_t *sum = accumulator, *end = accumulator + l->inputs; sum < end; sum++) {
    *sum += signedBy((int32_t)(take(&r, n) << unused) >> 31, delta);
  }
}

#include "backward-rows.h"
