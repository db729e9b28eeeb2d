#include "cells.h"
#include "random.h"
#include "tensors.h"

/* Random fields for column k (docs/numerics.md, "Recursion"); `index` counts layers from 1, in every kernel. */
void fw_initialise(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  uint32_t n = network.cellBits, b = network.fieldBits, bit = l->firstCell * n;
  struct reader r = readFrom(cells, bit);
  struct writer w = writeFrom(cells, bit);
  for (uint32_t left = l->inputs * l->outputs; left != 0; left--) {
    uint32_t frozen = take(&r, n) >> b << b;
    put(&w, n, frozen | nextRandom() >> (32 - b));
  }
  finish(&w);
}
