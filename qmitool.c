/* qmitool - speaks QMI to Qualcomm modems.  The door: see applets/cli.c. */
#include "applets/applet.h"

/* Made from the list in the Makefile. */
#define APPLET(name) extern const struct applet applet_##name;
#include "applet_rows.h"
#undef APPLET

#define APPLET(name) &applet_##name,
const struct applet *const applets[] = {
#include "applet_rows.h"
	NULL
};

int main(int argc, char **argv)
{
	return cli_main(argc, argv);
}
