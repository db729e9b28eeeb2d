#ifndef LAYER_INPUT_H
#define LAYER_INPUT_H
#include "network.h"
#include "tensors.h"
/* What the plastic column's units of a layer see. */
static inline const int8_t *plasticInput(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  return index == 1 ? input : activations + l[-1].activations + (network.column - 1) * l->inputs;
}
#endif
