#include "cells.h"
#include "dither.h"
#include "layer-input.h"

static inline uint32_t stepped(uint32_t cell, int32_t step) {
  uint32_t b = network.fieldBits;
  int32_t limit = 1 << (b - 1);
  uint32_t field = (uint32_t)clamp(fieldOf(cell, b) - step, -limit, limit - 1) & ((1u << b) - 1);
  return (cell >> b << b) | field;
}

/* A row from one sample: the gradient is delta * in, never stored. */
static void updateFromSample(uint32_t first, const struct layer *l, const int8_t *in, int32_t delta) {
  uint32_t n = network.cellBits;
  struct reader r = readFrom(cells, first * n);
  struct writer w = writeFrom(cells, first * n);
  struct narrower by = startRow(l->stepBits);
  for (uint32_t i = 0; i < l->inputs; i++) put(&w, n, stepped(take(&r, n), narrow(&by, delta * in[i])));
  finish(&w);
}

/* A row from a batch; leaves its gradient at 0 for the next. */
static void updateFromBatch(uint32_t first, const struct layer *l) {
  uint32_t n = network.cellBits;
  struct reader r = readFrom(cells, first * n);
  struct writer w = writeFrom(cells, first * n);
  struct narrower by = startRow(l->stepBits);
  for (uint32_t i = 0; i < l->inputs; i++) {
    put(&w, n, stepped(take(&r, n), narrow(&by, gradient[first + i])));
    gradient[first + i] = 0;
  }
  finish(&w);
}

/* Updates the rows with a delta other than 0; the others draw nothing (docs/numerics.md, "Update"). */
void fw_update(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  const int8_t *in = plasticInput(index);
  uint32_t first = l->firstCell;
  for (uint32_t j = 0; j < l->outputs; j++, first += l->inputs) {
    uint32_t at = l->deltas + j;
    if (network.batch == 1) {
      if (deltas[at] != 0) updateFromSample(first, l, in, deltas[at]);
    } else if (touched[at] != 0) {
      touched[at] = 0;
      updateFromBatch(first, l);
    }
  }
}
