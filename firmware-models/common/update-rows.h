/* What follows updateRow(first, layer, in, delta, isDithered) of a layout: fw_update. */

static void updateFromSample(uint32_t first, const struct layer *l, const int8_t *in, int32_t delta) {
  if (network.narrowing == DITHER) updateRow(first, l, in, delta, 1);
  else updateRow(first, l, in, delta, 0);
}

static void updateFromBatch(uint32_t first, const struct layer *l) {
  if (network.narrowing == DITHER) updateRow(first, l, 0, 0, 1);
  else updateRow(first, l, 0, 0, 0);
}

/* Updates the rows with a delta other than 0; the others draw nothing (docs/numerics.md, "Update"). */
void fw_update(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  const int8_t *in = plasticInput(index);
  uint32_t first = l->firstCell;
  for (uint32_t at = l->deltas, end = at + l->outputs; at < end; at++, first += l->inputs) {
    if (network.batch == 1) {
      int32_t delta = deltas[at];
      if (delta != 0) updateFromSample(first, l, in, delta);
    } else if (touched[at] != 0) {
      touched[at] = 0;
      updateFromBatch(first, l);
    }
  }
}
