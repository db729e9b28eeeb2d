/* Plays a log of calls and writes from stdin on the firmware linked into the same program; a read goes to stdout. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>

static char name[256];
static uint32_t header[4]; /* kind (0 call, 1 write, 2 read, 3 call with the last result), argument or offset, length of the data, of the name */

int main(void) {
  void *self = dlopen(NULL, RTLD_NOW);
  uint32_t result = 0;
  while (fread(header, 4, 4, stdin) == 4) {
    if (header[3] >= sizeof name || fread(name, 1, header[3], stdin) != header[3]) return 2;
    name[header[3]] = 0;
    uint8_t *symbol = dlsym(self, name);
    if (symbol == NULL) return 3;
    if (header[0] == 0 || header[0] == 3) {
      result = ((uint32_t (*)(uint32_t))symbol)(header[0] == 0 ? header[1] : result);
    }
    if (header[0] == 1 && fread(symbol + header[1], 1, header[2], stdin) != header[2]) return 4;
    if (header[0] == 2) fwrite(symbol, 1, header[2], stdout);
  }
  return 0;
}
