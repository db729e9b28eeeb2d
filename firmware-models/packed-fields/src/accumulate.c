#include "layer-input.h"

/* Adds a sample to the gradient of its batch, which fw_update leaves at 0. */
void fw_accumulate(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  const int8_t *in = plasticInput(index);
  for (uint32_t j = 0; j < l->outputs; j++) {
    int32_t delta = deltas[l->deltas + j];
    if (delta == 0) continue;
    int32_t *g = gradient + l->firstCell + j * l->inputs;
    for (uint32_t i = 0; i < l->inputs; i++) g[i] += delta * in[i];
    touched[l->deltas + j] = 1;
  }
}
