#include "cells.h"
#include "network.h"
#include "tensors.h"

/* The plastic column's signs, 1 bit a weight (docs/numerics.md, "Recursion"). */
void fw_snapshot(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  uint32_t n = network.cellBits, sign = network.fieldBits - 1;
  struct reader r = readFrom(cells, l->firstCell * n);
  struct writer w = writeFrom(snapshot, l->firstCell);
  for (uint32_t left = l->inputs * l->outputs; left != 0; left--) put(&w, 1, (take(&r, n) >> sign) & 1);
  finish(&w);
}

/* Freezes the snapshot's signs as column k; the bits below are the next column's. */
void fw_recycle(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  uint32_t n = network.cellBits, sign = network.fieldBits - 1;
  struct reader r = readFrom(cells, l->firstCell * n);
  struct reader frozen = readFrom(snapshot, l->firstCell);
  struct writer w = writeFrom(cells, l->firstCell * n);
  for (uint32_t left = l->inputs * l->outputs; left != 0; left--) {
    put(&w, n, (take(&r, n) & ~(1u << sign)) | take(&frozen, 1) << sign);
  }
  finish(&w);
}
