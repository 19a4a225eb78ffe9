/* print.h - help and tables on stdout, and bytes to any descriptor. */
#ifndef APPLETS_PRINT_H
#define APPLETS_PRINT_H

#include <signal.h>
#include <stddef.h>

/* As printf, with the conversions of qmux/format.h; returns the length.  print_flush writes it. */
int print(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* 0 or -errno: whether all that was printed is written. */
int print_flush(void);

/* All n bytes; 0 or -errno, also where a signal broke it off (-EINTR). */
int write_all(int fd, const void *data, size_t n);

/* From now on it waits for a reader with that mask, until a signal has set *signalled. */
void write_until(const volatile sig_atomic_t *signalled, const sigset_t *wait_mask);

#endif
