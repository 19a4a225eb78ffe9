/* qmi_network.h - what qmitool is when it is called qmi-network. */
#ifndef APPLETS_QMI_NETWORK_H
#define APPLETS_QMI_NETWORK_H

#include "applets/applet.h"

/* Returns the exit code, one of that script's.  cmd: nothing but its defaults. */
int qmi_network(struct command *cmd, int argc, char **argv);

#endif
