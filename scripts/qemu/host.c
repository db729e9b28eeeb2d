/*
 * Plays a log of calls and writes from the file calls.log on the firmware beside it in memory, by semihosting; reads go to the file
 * memory.bin. A record has four words: kind, address, value and length. The stack of the called functions is this one.
 */
#include <stdint.h>

enum { CALL = 0, WRITE = 1, READ = 2, CALL_WITH_RESULT = 3 };
enum { SYS_OPEN = 1, SYS_CLOSE = 2, SYS_WRITE = 5, SYS_READ = 6, SYS_EXIT = 0x18 }; /* ARM semihosting, version 2 */
enum { READ_BINARY = 1, WRITE_BINARY = 5 };

static uint32_t semihost(uint32_t operation, const void *argument) {
  register uint32_t r0 __asm__("r0") = operation;
  register const void *r1 __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
  return r0;
}

static uint32_t openFile(const char *name, uint32_t length, uint32_t mode) {
  uint32_t block[] = {(uint32_t)name, mode, length};
  return semihost(SYS_OPEN, block);
}

/* @returns bytes that were not transferred */
static uint32_t transfer(uint32_t operation, uint32_t file, uint32_t address, uint32_t length) {
  uint32_t block[] = {file, address, length};
  return semihost(operation, block);
}

/* The plugin counts what runs between these two labels. */
extern uint32_t callFirmware(uint32_t argument, uint32_t address);
__asm__(".thumb\n.global callFirmware\n.global callBegins\n.global callEnds\n.thumb_func\ncallFirmware:\n"
        "  push {r4, lr}\n  mov r4, r1\ncallBegins:\n  blx r4\ncallEnds:\n  pop {r4, pc}\n");

void start(void) {
  uint32_t log = openFile("calls.log", 9, READ_BINARY), out = openFile("memory.bin", 10, WRITE_BINARY), result = 0;
  uint32_t record[4];
  while (transfer(SYS_READ, log, (uint32_t)record, sizeof record) == 0) {
    uint32_t kind = record[0], address = record[1], length = record[3];
    if (kind == WRITE) transfer(SYS_READ, log, address, length);
    else if (kind == READ) transfer(SYS_WRITE, out, address, length);
    else result = callFirmware(kind == CALL ? record[2] : result, address | 1);
  }
  semihost(SYS_CLOSE, &out);
  semihost(SYS_EXIT, (const void *)0x20026); /* ADP_Stopped_ApplicationExit */
  for (;;) {}
}

static void fault(void) {
  semihost(SYS_EXIT, (const void *)0x20024); /* ADP_Stopped_InternalError */
  for (;;) {}
}

__attribute__((section(".vectors"), used)) static const uint32_t vectors[] = {
    0x20010000, (uint32_t)start, (uint32_t)fault, (uint32_t)fault, (uint32_t)fault, (uint32_t)fault, (uint32_t)fault};
