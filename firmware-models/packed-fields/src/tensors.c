#include "tensors.h"
#include "network.h"

/* Sized so that 784-100-10 at 16 bits fits beside the gradient of a small network in 264 KiB. */
#define TENSOR __attribute__((aligned(8)))
TENSOR struct network network;
TENSOR uint32_t cells[39936];
TENSOR uint32_t snapshot[2560];
TENSOR int32_t gradient[12288];
TENSOR int32_t accumulator[1024];
TENSOR int32_t logits[64];
TENSOR int8_t input[1024];
TENSOR int8_t activations[8192];
TENSOR int8_t deltas[1024];
TENSOR uint8_t touched[1024]; /* rows with a delta other than 0 in this batch */
