#include "tensors.h"
#include "network.h"

/* Room for every network that the paper trains, up to 784-800-10, in the simulator's memory. */
#define TENSOR __attribute__((aligned(8)))
TENSOR struct network network;
TENSOR uint32_t weights[320000];
TENSOR uint32_t snapshot[20000];
TENSOR int32_t gradient[640000];
TENSOR int32_t accumulator[1024];
TENSOR int32_t sums[MAX_COLUMNS]; /* of a row, one a column */
TENSOR int32_t logits[64];
TENSOR uint8_t label[8];
TENSOR int8_t input[1024];
TENSOR int8_t activations[16384];
TENSOR int8_t deltas[2048];
TENSOR uint8_t touched[2048]; /* rows with a delta other than 0 in this batch */
