/* wds_profile.h - the verbs about profiles; wds.c has their rows. */
#ifndef APPLETS_WDS_PROFILE_H
#define APPLETS_WDS_PROFILE_H

#include "applets/applet.h"

/* Rows of the options; the type of profile is always the first. */
enum { PROFILE_TYPE };
enum { PROFILES_SETTINGS = 1 };
enum { DEFAULT_FAMILY = 1 };
enum {
	PROFILE_NAME = 1, PROFILE_APN, PROFILE_IP, PROFILE_AUTH, PROFILE_USER,
	PROFILE_PASSWORD_FILE, PROFILE_CONTEXT, PROFILE_NO_ROAMING, PROFILE_DISABLED,
	PROFILE_INDEX,
};

/* For the rows "profiles" and "profile", which do the same without a second word. */
extern const struct option_row wds_profiles_options[];
extern const struct query wds_profiles_queries[];
extern const struct verb wds_profile_actions[];

int wds_profiles(struct command *cmd);

#endif
