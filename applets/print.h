/* print.h - text for people and programs, on stdout: help and tables. */
#ifndef APPLETS_PRINT_H
#define APPLETS_PRINT_H

/* As printf, with the conversions of qmux/format.h; returns the length. */
int print(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
