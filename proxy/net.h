/* net.h - the socket itself, and who is at its other end. */
#ifndef PROXY_NET_H
#define PROXY_NET_H

#include "proxy/core.h"

#include <sys/stat.h>

/* The name of the socket that is meant. */
const char *proxy_net_name(const struct proxy_config *cfg);

/* Bind and listen on "@name" or a path. */
int proxy_net_listen(const struct proxy_config *cfg, const char *name);

/* -ECONNREFUSED: nobody listens there (also where a path is missing). */
int proxy_net_connect(const char *name, int64_t deadline);

/* Who is there: 0 or -errno. */
int proxy_net_cred(int fd, struct proxy_cred *cred);

/* May that process use the proxy? */
bool proxy_net_allowed(const struct proxy_config *cfg, int fd, const struct proxy_cred *cred);

/* May a process of that user open that device, as far as the kernel would let it? */
bool proxy_net_may_open(const struct stat *st, const struct proxy_cred *cred);

#endif
