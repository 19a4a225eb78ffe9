/* qmitool - speaks QMI to Qualcomm modems.  The door: see applets/cli.c. */
#include "applets/applet.h"

const struct applet *const applets[] = {
	&applet_dms,
	&applet_nas,
	&applet_raw,
	&applet_list,
	&applet_proxy,
	NULL
};

int main(int argc, char **argv)
{
	return cli_main(argc, argv);
}
