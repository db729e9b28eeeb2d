#include "cells.h"
#include "network.h"
#include "tensors.h"

static void project(const struct layer *l) {
  uint32_t n = network.cellBits, unused = 32 - network.fieldBits;
  struct reader r = readFrom(cells, l->firstCell * n);
  for (uint32_t i = 0; i < l->inputs; i++) accumulator[i] = 0;
  for (uint32_t j = 0; j < l->outputs; j++) {
    int32_t delta = deltas[l->deltas + j];
    for (uint32_t i = 0; i < l->inputs; i++) {
      int32_t s = (int32_t)(take(&r, n) << unused) >> 31;
      accumulator[i] += (delta ^ s) - s;
    }
  }
}

/* Deltas of the inputs of a layer from the second on (docs/numerics.md, "Backward"). */
void fw_backward(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  uint32_t shift = index == network.layers ? 7 : 6 + network.hiddenShift;
  const int8_t *a = activations + l[-1].activations + (network.column - 1) * l->inputs;
  project(l);
  for (uint32_t i = 0; i < l->inputs; i++) {
    int32_t delta = clamp((73 * accumulator[i] + (1 << (shift - 1))) >> shift, -128, 127);
    deltas[l[-1].deltas + i] = (int8_t)(a[i] >= 109 || a[i] <= -109 ? 0 : delta);
  }
}
