#include "layer-input.h"

/* Adds a sample to the gradient of its batch, which fw_update leaves at 0. */
void fw_accumulate(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  const int8_t *in = plasticInput(index);
  uint32_t inputs = l->inputs;
  int32_t *g = gradient + l->firstCell;
  for (uint32_t j = l->deltas, end = j + l->outputs; j < end; j++) {
    int32_t delta = deltas[j];
    touched[j] |= (uint32_t)(delta | -delta) >> 31;
    for (uint32_t i = 0; i < inputs; i++) *g++ += delta * in[i];
  }
}
